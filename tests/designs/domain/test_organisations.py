"""Designs of an organisation: what its administrators may do, and who never may."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from apps.accounts.models import User
from apps.audit.models import AuditEntry
from apps.core.permissions import Action, Role
from apps.designs.domain.access import access_for
from apps.designs.domain.membership import claim
from apps.designs.models import DesignSession
from apps.designs.rules import RULES, Access, can
from apps.interviews.domain.creation import Setup, create_interview
from apps.teams.domain import members
from apps.teams.domain.organisations import Policies, set_policies
from apps.teams.models import Membership, Organisation
from apps.teams.rules import MemberRole
from tests.factories import actor_for, make_design, make_guest, make_participant, make_user
from tests.teams.factories import admin_of, give_to, make_member, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation() -> Organisation:
    return make_organisation()


@pytest.fixture
def admin(organisation: Organisation) -> Membership:
    return admin_of(organisation)


def access_of(user: User, design: DesignSession) -> Access | None:
    return access_for(actor_for(user), design)


def add_second_factor(user: User) -> Authenticator:
    return Authenticator.objects.create(
        user=user, type=Authenticator.Type.TOTP, data={"secret": "x"}
    )


def test_administrator_has_what_the_table_gives_and_no_place(
    organisation: Organisation, admin: Membership
) -> None:
    access = access_of(admin.user, give_to(organisation))

    assert access is not None
    assert (access.role, access.participant_id) == (Role.ADMIN, None)
    allowed = {action for action in Action if can(access, action)}
    assert allowed == {action for action in Action if Role.ADMIN in RULES[action]}
    assert not allowed & {Action.EDIT, Action.EDIT_PRIVATE, Action.READ_PRIVATE, Action.RATE}


def test_private_notes_are_read_where_the_policy_says_so_and_never_written(
    organisation: Organisation, admin: Membership
) -> None:
    set_policies(admin, Policies(requires_two_factor=False, admins_read_notes=True))

    access = access_of(admin.user, give_to(organisation))

    assert can(access, Action.READ_PRIVATE)
    assert not can(access, Action.EDIT_PRIVATE)
    assert not can(access, Action.EDIT)


@pytest.mark.parametrize("role", [MemberRole.INTERVIEWER, MemberRole.OBSERVER])
def test_other_members_see_no_design_that_they_take_no_part_in(
    organisation: Organisation, role: MemberRole
) -> None:
    member = make_member(organisation, role)

    assert access_of(member.user, give_to(organisation)) is None


def test_administrator_of_another_organisation_is_nobody(organisation: Organisation) -> None:
    other = admin_of(make_organisation(name="Another"))

    assert access_of(other.user, give_to(organisation)) is None
    assert access_of(other.user, make_design()) is None


def test_right_ends_with_the_membership_and_with_the_role(
    organisation: Organisation, admin: Membership
) -> None:
    design = give_to(organisation)
    leaver, demoted = (make_member(organisation, MemberRole.ADMIN) for _ in range(2))

    members.remove(admin, leaver.id)
    members.change_role(admin, demoted.id, MemberRole.INTERVIEWER)

    assert access_of(leaver.user, design) is None
    assert access_of(demoted.user, design) is None


def test_who_has_left_is_no_interviewer_of_its_designs_any_more(
    organisation: Organisation, admin: Membership
) -> None:
    owner, interviewer, outside = make_member(organisation), make_member(organisation), make_user()
    design = give_to(organisation, make_design(owner.user))
    for user in (interviewer.user, outside):
        make_participant(design, Role.INTERVIEWER, user)

    members.remove(admin, owner.id)
    members.remove(admin, interviewer.id)

    assert access_of(owner.user, design) is None
    assert access_of(interviewer.user, design) is None
    assert access_of(outside, design) is not None


# The second factor -------------------------------------------------------------------------------


def test_second_factor_that_the_organisation_asks_for_is_asked_of_members_alone(
    organisation: Organisation, admin: Membership
) -> None:
    add_second_factor(admin.user)
    member, outside = make_member(organisation), make_user()
    design = give_to(organisation, make_design(member.user))
    make_participant(design, Role.INTERVIEWER, outside)

    set_policies(admin, Policies(requires_two_factor=True, admins_read_notes=False))

    assert access_of(admin.user, design) is not None
    assert access_of(outside, design) is not None
    assert access_of(member.user, design) is None
    add_second_factor(member.user)
    assert access_of(member.user, design) is not None


def test_recovery_codes_are_no_second_factor(organisation: Organisation, admin: Membership) -> None:
    factor = add_second_factor(admin.user)
    set_policies(admin, Policies(requires_two_factor=True, admins_read_notes=False))
    factor.type = Authenticator.Type.RECOVERY_CODES
    factor.save()

    assert access_of(admin.user, give_to(organisation)) is None


# The conflict rule -------------------------------------------------------------------------------


def test_candidate_who_becomes_administrator_stays_the_candidate(
    organisation: Organisation,
) -> None:
    hired = make_user("Priya")
    design = give_to(organisation)
    make_participant(design, Role.CANDIDATE, hired)
    make_member(organisation, MemberRole.ADMIN, hired)

    access = access_of(hired, design)

    assert access is not None
    assert access.role == Role.CANDIDATE


def test_candidate_whose_link_has_ended_gets_nothing_as_administrator(
    organisation: Organisation,
) -> None:
    hired = make_user("Priya")
    design = give_to(organisation)
    link = make_participant(design, Role.CANDIDATE, hired).link
    assert link is not None
    make_member(organisation, MemberRole.ADMIN, hired)

    link.delete()
    design.participants.filter(user=hired).update(removed_at=design.created_at)

    assert access_of(hired, design) is None


@pytest.mark.parametrize("role", [Role.ADMIN, Role.INTERVIEWER])
def test_guest_who_was_the_candidate_and_signed_in_later_is_no_insider(
    organisation: Organisation, role: Role
) -> None:
    hired, guest, design = make_user("Priya"), make_guest(), give_to(organisation)
    make_participant(design, Role.CANDIDATE, guest)
    if role == Role.INTERVIEWER:
        make_participant(design, Role.INTERVIEWER, hired)
    else:
        make_member(organisation, MemberRole.ADMIN, hired)

    claim(guest.id, hired)

    access = access_of(hired, design)
    assert access is None or access.role == Role.CANDIDATE


@pytest.mark.parametrize("role", [Role.ADMIN, Role.INTERVIEWER])
def test_confirmed_address_of_the_candidate_is_no_insider(
    organisation: Organisation, role: Role
) -> None:
    hired, owner = make_user("Priya"), make_user()
    interview = create_interview(actor_for(owner), Setup(candidate_email="priya@example.org"))
    design = give_to(organisation, interview.design)
    if role == Role.INTERVIEWER:
        make_participant(design, Role.INTERVIEWER, hired)
    else:
        make_member(organisation, MemberRole.ADMIN, hired)
    assert access_of(hired, design) is not None

    EmailAddress.objects.create(user=hired, email="Priya@Example.org", verified=True)

    assert access_of(hired, design) is None
    assert access_of(hired, design) is None
    refusal = AuditEntry.objects.get(kind="conflict.refused")
    assert (refusal.design_id, refusal.organisation_id) == (design.id, organisation.id)


def test_address_that_is_not_confirmed_takes_no_right_away(organisation: Organisation) -> None:
    """Else anybody could shut an interviewer out by typing an address."""
    interviewer = make_user()
    interview = create_interview(actor_for(make_user()), Setup(candidate_email="priya@example.org"))
    make_participant(interview.design, Role.INTERVIEWER, interviewer)
    EmailAddress.objects.create(user=interviewer, email="priya@example.org", verified=False)

    assert access_of(interviewer, interview.design) is not None


def test_owner_who_tried_the_candidates_link_keeps_the_session() -> None:
    owner, guest = make_user(), make_guest()
    design = make_design(owner)
    make_participant(design, Role.CANDIDATE, guest)

    claim(guest.id, owner)

    access = access_of(owner, design)
    assert access is not None
    assert access.role == Role.OWNER
