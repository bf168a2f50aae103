"""Members: roles change, people leave, an administrator always stays."""

import pytest

from apps.core.errors import Conflict, NotFound
from apps.teams.domain import members
from apps.teams.domain.opening import open_organisation, organisation_for_new
from apps.teams.domain.organisations import create_organisation
from apps.teams.domain.pools import create_pool, delete_pool, pools_of, set_members
from apps.teams.models import Organisation
from apps.teams.rules import RULES, MemberRole, TeamAction
from tests.factories import make_user
from tests.teams.factories import admin_of, make_member, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation() -> Organisation:
    return make_organisation()


@pytest.mark.parametrize("role", MemberRole)
@pytest.mark.parametrize("action", TeamAction)
def test_organisation_opens_by_the_table(
    organisation: Organisation, role: MemberRole, action: TeamAction
) -> None:
    member = make_member(organisation, role)

    if role in RULES[action]:
        assert open_organisation(member.user_id, organisation.id, action) == member
    else:
        with pytest.raises(NotFound):
            open_organisation(member.user_id, organisation.id, action)


def test_organisation_opens_for_nobody_else(organisation: Organisation) -> None:
    elsewhere = admin_of(make_organisation(name="Another"))
    gone = make_member(organisation, MemberRole.ADMIN)
    members.remove(admin_of(organisation), gone.id)

    for user_id in (elsewhere.user_id, gone.user_id, make_user().id, None):
        with pytest.raises(NotFound):
            open_organisation(user_id, organisation.id, TeamAction.SEE)


def test_last_administrator_neither_leaves_nor_is_demoted(organisation: Organisation) -> None:
    admin = admin_of(organisation)
    make_member(organisation)

    with pytest.raises(Conflict):
        members.remove(admin, admin.id)
    with pytest.raises(Conflict):
        members.change_role(admin, admin.id, MemberRole.OBSERVER)


def test_one_of_two_administrators_may_leave(organisation: Organisation) -> None:
    admin, second = admin_of(organisation), make_member(organisation, MemberRole.ADMIN)

    members.remove(admin, admin.id)

    admin.refresh_from_db()
    assert admin.ended_at is not None
    assert open_organisation(second.user_id, organisation.id, TeamAction.MANAGE)


def test_member_of_another_organisation_is_nobody_here(organisation: Organisation) -> None:
    other = make_member(make_organisation(name="Another"))

    with pytest.raises(NotFound):
        members.remove(admin_of(organisation), other.id)
    with pytest.raises(NotFound):
        members.change_role(admin_of(organisation), other.id, MemberRole.ADMIN)


def test_new_interview_belongs_to_the_only_organisation_or_the_chosen_one() -> None:
    user = make_user()
    assert organisation_for_new(user.id, None) is None

    first = create_organisation(user, "First")
    assert organisation_for_new(user.id, None) == first

    second = make_member(make_organisation(), MemberRole.INTERVIEWER, user).organisation
    assert organisation_for_new(user.id, None) is None
    assert organisation_for_new(user.id, second.id) == second


def test_observer_creates_no_interview_for_the_organisation(organisation: Organisation) -> None:
    observer = make_member(organisation, MemberRole.OBSERVER)

    assert organisation_for_new(observer.user_id, None) is None
    with pytest.raises(NotFound):
        organisation_for_new(observer.user_id, organisation.id)


def test_two_organisations_of_one_name_have_slugs_of_their_own() -> None:
    slugs = [make_organisation(name=name).slug for name in ("Acme & Co", "ACME co", "!!!")]

    assert slugs == ["acme-co", "acme-co-2", "team"]


# Pools -------------------------------------------------------------------------------------------


def test_pool_takes_interviewers_of_the_organisation_alone(organisation: Organisation) -> None:
    admin, interviewer = admin_of(organisation), make_member(organisation)
    observer = make_member(organisation, MemberRole.OBSERVER)
    foreign = make_member(make_organisation(name="Another"))
    pool = create_pool(admin, "Ranking")

    set_members(admin, pool.id, [interviewer.id, observer.id, foreign.id])

    (pool,) = pools_of(organisation)
    assert pool.people == [interviewer]  # type: ignore[attr-defined]


@pytest.mark.parametrize("ending", ["leaves", "becomes an observer"])
def test_who_interviews_no_more_is_out_of_the_pools(
    organisation: Organisation, ending: str
) -> None:
    admin, member = admin_of(organisation), make_member(organisation)
    pool = create_pool(admin, "Ranking")
    set_members(admin, pool.id, [member.id])

    if ending == "leaves":
        members.remove(admin, member.id)
    else:
        members.change_role(admin, member.id, MemberRole.OBSERVER)

    assert not pool.members.exists()


def test_pool_name_is_free_once_and_again_after_deletion(organisation: Organisation) -> None:
    admin = admin_of(organisation)
    pool = create_pool(admin, "Ranking")

    with pytest.raises(Conflict):
        create_pool(admin, "ranking")
    delete_pool(admin, pool.id)

    assert create_pool(admin, "ranking").name == "ranking"
