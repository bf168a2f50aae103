"""What somebody is on a design session, by how they came to it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.core.errors import Conflict, NotFound
from apps.core.permissions import Action, Role
from apps.designs.domain import lifecycle, links, membership
from apps.designs.domain.access import access_for, open_design
from apps.designs.rules import Access
from tests.factories import (
    actor_for,
    make_design,
    make_guest,
    make_link,
    make_participant,
    make_user,
    owner_of,
)

pytestmark = pytest.mark.django_db


def test_access_of_the_owner() -> None:
    owner = make_user("Owner")
    design = make_design(owner)

    access = access_for(actor_for(owner), design)

    participant = design.participants.get()
    assert access == Access(design.id, Role.OWNER, "Owner", 1, participant_id=participant.id)


def test_access_of_a_stranger_is_none() -> None:
    assert access_for(actor_for(None), make_design()) is None


def test_access_of_another_sessions_interviewer_is_none() -> None:
    somebody = make_user()
    make_participant(make_design(), Role.INTERVIEWER, somebody)

    assert access_for(actor_for(somebody), make_design()) is None


def test_link_to_take_part_gives_nothing_before_joining() -> None:
    design = make_design()
    link, _ = make_link(design, Role.CANDIDATE)

    assert access_for(actor_for(None, link), design) is None


def test_read_only_link_lets_its_holder_look() -> None:
    design = make_design()
    link, _ = make_link(design, Role.OBSERVER)

    access = access_for(actor_for(None, link), design)

    assert access == Access(design.id, Role.OBSERVER, "Visitor", 6)


def test_grant_of_a_link_opens_its_own_design_only() -> None:
    link, _ = make_link(make_design(), Role.OBSERVER)
    other = make_design()
    actor = actor_for(None, link)

    forged = type(actor)(link_grants={other.id: link.id})

    assert access_for(actor, other) is None
    assert access_for(forged, other) is None


@pytest.mark.parametrize("role", [Role.CANDIDATE, Role.INTERVIEWER, Role.OBSERVER])
def test_revoked_link_ends_what_it_gave(role: Role) -> None:
    design, guest = make_design(), make_guest()
    participant = make_participant(design, role, guest)
    assert participant.link is not None
    holder = actor_for(guest, participant.link)

    links.revoke_link(design, participant.link.id)

    assert access_for(holder, design) is None


def test_expired_link_ends_what_it_gave() -> None:
    design, guest = make_design(), make_guest()
    participant = make_participant(design, Role.CANDIDATE, guest)
    design.links.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert participant.link is not None
    assert access_for(actor_for(guest, participant.link), design) is None


def test_removed_person_stays_out_with_a_live_link() -> None:
    design, guest = make_design(), make_guest()
    participant = make_participant(design, Role.CANDIDATE, guest)
    link, _ = make_link(design, Role.OBSERVER)

    membership.remove(design, participant.id)

    assert access_for(actor_for(guest, link), design) is None
    with pytest.raises(NotFound):
        membership.join(actor_for(guest), link, "Priya")


def test_owner_cannot_be_removed() -> None:
    design = make_design()

    with pytest.raises(NotFound):
        membership.remove(design, design.participants.get().id)


def test_colors_are_given_in_order_of_arrival() -> None:
    design = make_design()

    colors = [make_participant(design).color for _ in range(6)]

    assert colors == [2, 3, 4, 5, 6, 1]


def test_joining_again_changes_nothing() -> None:
    design, guest = make_design(), make_guest()
    first = make_participant(design, Role.CANDIDATE, guest)

    again = make_participant(design, Role.INTERVIEWER, guest)

    assert again.id == first.id
    assert again.role == Role.CANDIDATE


def test_new_link_renews_a_right_whose_link_was_revoked() -> None:
    design, guest = make_design(), make_guest()
    first = make_participant(design, Role.CANDIDATE, guest)
    assert first.link is not None
    links.revoke_link(design, first.link.id)

    again = make_participant(design, Role.CANDIDATE, guest)

    assert again.id == first.id
    assert access_for(actor_for(guest), design) is not None


def test_candidate_does_not_become_an_interviewer_by_another_link() -> None:
    design, guest = make_design(), make_guest()
    first = make_participant(design, Role.CANDIDATE, guest)
    assert first.link is not None
    links.revoke_link(design, first.link.id)

    with pytest.raises(Conflict):
        make_participant(design, Role.INTERVIEWER, guest)


def test_nobody_new_joins_an_ended_session() -> None:
    design = make_design()
    link, _ = make_link(design)
    lifecycle.end(design)

    with pytest.raises(Conflict):
        membership.join(actor_for(make_guest()), link, "Late")


def test_end_makes_the_record_final_for_everybody() -> None:
    design = make_design()

    lifecycle.end(design)

    owner = actor_for(owner_of(design))
    assert open_design(owner, design.id, Action.VIEW)[1].ended
    with pytest.raises(NotFound):
        open_design(owner, design.id, Action.EDIT)
