"""Problems of an organisation: its members see and use them, to others they are not there."""

import pytest

from apps.accounts.models import User
from apps.content.domain import authoring, library
from apps.content.models import ProblemEdition
from apps.core.errors import Conflict, Invalid, NotFound
from apps.designs.domain.creation import create_design
from apps.teams.models import Organisation
from apps.teams.rules import MemberRole
from tests.factories import actor_for, browser_of, make_user
from tests.teams.factories import admin_of, make_member, make_organisation

pytestmark = pytest.mark.django_db

OWN = "meridian-labs-feed"


@pytest.fixture
def organisation() -> Organisation:
    return make_organisation(name="Meridian Labs")


@pytest.fixture
def author(organisation: Organisation) -> User:
    return admin_of(organisation).user


@pytest.fixture
def published(organisation: Organisation, author: User) -> ProblemEdition:
    draft = authoring.start(author, OWN, organisation)
    text = authoring.start(make_user(), "rec-video").source.replace("id: rec-video", f"id: {OWN}")
    authoring.save_draft(author, draft.id, text)
    return authoring.publish(author, draft.id)


def test_members_of_every_role_see_and_use_it(
    organisation: Organisation, published: ProblemEdition
) -> None:
    observer = make_member(organisation, MemberRole.OBSERVER).user

    design = create_design(actor_for(observer), "practice", OWN)

    assert OWN in {problem.id for problem in library.problems(observer.id)}
    assert design.problem_id == OWN
    assert browser_of(observer).get(f"/problems/{OWN}").status_code == 200


def test_others_do_not_find_it(published: ProblemEdition) -> None:
    other = admin_of(make_organisation(name="Another")).user

    for reader in (other.id, None):
        assert OWN not in {problem.id for problem in library.problems(reader)}
        with pytest.raises(NotFound):
            library.problem(OWN, reader)
    with pytest.raises(NotFound):
        create_design(actor_for(other), "practice", OWN)
    for path in ("", "/reference", "/answers/level-3"):
        assert browser_of(other).get(f"/problems/{OWN}{path}").status_code == 404
    assert OWN not in browser_of(other).get("/problems").content.decode()
    assert OWN not in browser_of(other).get("/new").content.decode()


def test_design_on_it_is_scored_by_its_rubric(author: User, published: ProblemEdition) -> None:
    design = create_design(actor_for(author), "interview", OWN)

    assert library.rubric_for(design.flow_id, OWN).id == design.rubric_id


def test_id_begins_with_the_organisations_word(organisation: Organisation, author: User) -> None:
    with pytest.raises(Invalid, match='begin with "meridian-labs-"'):
        authoring.start(author, "rec-video", organisation)


def test_id_has_one_owner(published: ProblemEdition) -> None:
    with pytest.raises(Conflict, match="is taken"):
        authoring.start(make_user(), OWN)


def test_organisation_cannot_take_a_problem_of_everybody() -> None:
    rec = make_organisation(name="Rec")

    with pytest.raises(Conflict, match="is taken"):
        authoring.start(admin_of(rec).user, "rec-video", rec)


def test_members_write_on_the_page_and_observers_do_not(
    organisation: Organisation, author: User, published: ProblemEdition
) -> None:
    form = {"problem": "meridian-labs-ads", "organisation": str(organisation.id)}
    observer = make_member(organisation, MemberRole.OBSERVER).user

    started = browser_of(author).post("/write/start", form)
    refused = browser_of(observer).post("/write/start", form)

    assert started.status_code == 302
    assert refused.status_code == 404
    assert OWN in browser_of(author).get("/write").content.decode()


def test_editions_are_out_of_reach_of_other_writers(published: ProblemEdition) -> None:
    staff, other = make_user(), admin_of(make_organisation(name="Another")).user
    staff.is_staff = True
    staff.save()

    for writer in (staff, other):
        client = browser_of(writer)
        assert OWN not in client.get("/write").content.decode()
        assert client.get(f"/write/{published.id}").status_code == 404
        assert client.post(f"/write/{published.id}/retire").status_code == 404
    published.refresh_from_db()
    assert published.state == ProblemEdition.State.PUBLISHED


def test_member_does_not_write_for_everybody(author: User) -> None:
    assert browser_of(author).post("/write/start", {"problem": "own"}).status_code == 404
