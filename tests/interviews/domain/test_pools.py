"""Interviewers are drawn from a pool: who did least of late, and never who must not be there."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.audit.models import AuditEntry
from apps.core.errors import Conflict, Invalid, NotFound
from apps.core.permissions import Role
from apps.designs.domain.access import access_for
from apps.designs.models import DesignSession
from apps.interviews.domain.pools import LATELY, MOST, draw, pools_for
from apps.interviews.models import Interview
from apps.teams.domain.pools import create_pool, set_members
from apps.teams.models import Membership, Organisation, Pool
from apps.teams.rules import MemberRole
from tests.factories import (
    actor_for,
    make_guest,
    make_interview,
    make_participant,
    make_user,
    owner_access,
)
from tests.teams.factories import admin_of, give_to, make_member, make_organisation

pytestmark = pytest.mark.django_db
NAMES = ("Ada", "Bo", "Cem")


@pytest.fixture
def team() -> Organisation:
    return make_organisation()


@pytest.fixture
def members(team: Organisation) -> list[Membership]:
    return [make_member(team, user=make_user(name, f"{name}@example.org")) for name in NAMES]


@pytest.fixture
def pool(team: Organisation, members: list[Membership]) -> Pool:
    pool = create_pool(admin_of(team), "Ranking")
    set_members(admin_of(team), pool.id, [one.id for one in members])
    return pool


@pytest.fixture
def interview(team: Organisation) -> Interview:
    interview = make_interview()
    give_to(team, interview.design)
    return interview


def panel(interview: Interview) -> set[str]:
    people = interview.design.participants.filter(role=Role.INTERVIEWER.value)
    return set(people.values_list("name", flat=True))


def sat(member: Membership, times: int) -> None:
    for _ in range(times):
        make_participant(make_interview().design, Role.INTERVIEWER, member.user)


def test_who_has_interviewed_least_is_drawn(
    interview: Interview, pool: Pool, members: list[Membership]
) -> None:
    sat(members[0], 2)
    sat(members[1], 1)

    assert draw(interview, owner_access(interview.design), pool.id, 2) == ["Cem", "Bo"]
    assert panel(interview) == {"Bo", "Cem"}
    entry = AuditEntry.objects.get(kind="interview.interviewers_drawn")
    assert str(pool.id) in entry.details_text


def test_what_was_long_ago_does_not_count(
    interview: Interview, pool: Pool, members: list[Membership]
) -> None:
    sat(members[0], 3)
    before = timezone.now() - LATELY - timedelta(days=1)
    DesignSession.objects.exclude(id=interview.design_id).update(created_at=before)
    sat(members[1], 1)
    sat(members[2], 1)

    assert draw(interview, owner_access(interview.design), pool.id, 1) == ["Ada"]


def test_nobody_comes_if_too_few_are_left(interview: Interview, pool: Pool) -> None:
    by = owner_access(interview.design)
    draw(interview, by, pool.id, 2)

    with pytest.raises(Invalid) as refused:
        draw(interview, by, pool.id, 2)

    assert [fault.reason for fault in refused.value.faults] == ["1 of this pool is left to draw."]
    assert len(panel(interview)) == 2


@pytest.mark.parametrize("count", [0, MOST + 1])
def test_how_many_has_bounds(interview: Interview, pool: Pool, count: int) -> None:
    with pytest.raises(Invalid):
        draw(interview, owner_access(interview.design), pool.id, count)


def test_the_candidate_who_was_removed_and_who_left_are_not_drawn(
    interview: Interview, pool: Pool, members: list[Membership]
) -> None:
    Interview.objects.filter(pk=interview.pk).update(candidate_email="ada@example.org")
    interview.refresh_from_db()
    removed = make_participant(interview.design, Role.INTERVIEWER, members[1].user)
    type(removed).objects.filter(pk=removed.pk).update(removed_at=timezone.now())
    Membership.objects.filter(pk=members[2].pk).update(ended_at=timezone.now())

    assert [free for _, free in pools_for(interview)] == [0]
    with pytest.raises(Invalid):
        draw(interview, owner_access(interview.design), pool.id, 1)


def test_observers_are_not_drawn(
    interview: Interview, pool: Pool, members: list[Membership]
) -> None:
    Membership.objects.filter(pk=members[0].pk).update(role=MemberRole.OBSERVER)

    assert [free for _, free in pools_for(interview)] == [2]


def test_a_pool_of_another_team_is_not_there(interview: Interview, pool: Pool) -> None:
    elsewhere = make_organisation(make_user("Eve", "eve@example.org"), "Elsewhere")
    theirs = create_pool(admin_of(elsewhere), "Theirs")

    with pytest.raises(NotFound):
        draw(interview, owner_access(interview.design), theirs.id, 1)
    of_nobody = make_interview(make_user("Zoe", "zoe@example.org"))
    with pytest.raises(NotFound):
        draw(of_nobody, owner_access(of_nobody.design), pool.id, 1)


def test_only_who_manages_links_draws(interview: Interview, pool: Pool) -> None:
    guest = make_guest()
    make_participant(interview.design, Role.CANDIDATE, guest)
    access = access_for(actor_for(guest), interview.design)
    assert access is not None

    with pytest.raises(NotFound):
        draw(interview, access, pool.id, 1)
    assert panel(interview) == set()


def test_nobody_is_drawn_after_the_end(interview: Interview, pool: Pool) -> None:
    DesignSession.objects.filter(pk=interview.design_id).update(ended_at=timezone.now())

    with pytest.raises(Conflict):
        draw(interview, owner_access(interview.design), pool.id, 1)
