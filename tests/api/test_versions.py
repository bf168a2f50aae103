"""Named states of a design, and copies of it: what is in them, and whose they are."""

from typing import Any

import pytest
from django.test import Client

from apps.core.permissions import Role
from apps.designs.domain.access import access_for
from apps.designs.models import DesignSession
from apps.rooms.domain import versions
from apps.rooms.domain.reading import current_document
from tests.api.test_replay import Author
from tests.factories import actor_for, browser_of, make_design, make_guest, make_link, make_user

pytestmark = pytest.mark.django_db

OWNER = "Ada"


@pytest.fixture
def design() -> DesignSession:
    return make_design(make_user(OWNER), DesignSession.Kind.PRACTICE, title="Feed", problem=None)


@pytest.fixture
def owner(design: DesignSession) -> Client:
    user = design.participants.get(role=Role.OWNER.value).user
    assert user is not None
    return browser_of(user)


def post(client: Client, design: DesignSession, path: str, **body: Any) -> Any:
    address = f"/api/v1/designs/{design.id}/{path}"
    return client.post(address, body, content_type="application/json")


def names_in(design: DesignSession) -> list[str]:
    return [one["name"] for one in current_document(design)[0]["board"]["components"]]


def draw(design: DesignSession, *names: str) -> None:
    author = Author(design)
    for name in names:
        author.put("components", name, name=name, type="cache", x=0.0, y=0.0, z="a")


def test_a_version_names_what_the_design_says_now(design: DesignSession, owner: Client) -> None:
    draw(design, "Ranker")

    first = post(owner, design, "versions", name="Before the cache").json()
    draw(design, "Cache")
    second = post(owner, design, "versions", name="With it").json()
    listed = owner.get(f"/api/v1/designs/{design.id}/versions").json()

    assert [one["name"] for one in listed] == ["With it", "Before the cache"]
    assert (first["by"], second["seq"]) == (OWNER, first["seq"] + 1)
    assert 0 <= first["replay_s"] <= second["replay_s"]


@pytest.mark.parametrize("name", ["", " ", "x" * 81])
def test_a_version_has_a_name_of_bounded_length(
    design: DesignSession, owner: Client, name: str
) -> None:
    assert post(owner, design, "versions", name=name).status_code == 400
    assert not design.versions.exists()


def test_versions_have_a_limit(
    design: DesignSession, owner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions, "MOST_VERSIONS", 1)
    post(owner, design, "versions", name="One")

    assert post(owner, design, "versions", name="Two").status_code == 409


def test_forgetting_a_version_takes_its_name_alone(design: DesignSession, owner: Client) -> None:
    draw(design, "Ranker")
    kept = post(owner, design, "versions", name="First").json()
    address = f"/api/v1/designs/{design.id}/versions/{kept['id']}"

    assert [owner.delete(address).status_code for _ in range(2)] == [204, 404]
    assert names_in(design) == ["Ranker"]


def test_a_version_of_another_design_cannot_be_forgotten(owner: Client) -> None:
    stranger = make_user("Eve")
    theirs, mine = make_design(stranger), make_design(make_user("Me"))
    access = access_for(actor_for(stranger), theirs)
    assert access is not None
    kept = versions.keep_version(theirs, access, "First")
    me = mine.participants.get(role=Role.OWNER.value).user
    assert me is not None

    answer = browser_of(me).delete(f"/api/v1/designs/{mine.id}/versions/{kept.id}")

    assert answer.status_code == 404
    assert theirs.versions.exists()


def test_a_copy_is_a_board_of_ones_own_that_names_its_origin(
    design: DesignSession, owner: Client
) -> None:
    draw(design, "Ranker")

    made = post(owner, design, "copies")
    copy = DesignSession.objects.get(id=made.json()["id"])
    draw(design, "Cache")

    assert made.status_code == 201
    assert (copy.title, copy.copied_from) == ("Feed (copy)", design)
    assert names_in(copy) == ["Ranker"]
    assert b'"copied_from": "Feed"' in owner.get(made.json()["url"]).content


def test_an_earlier_state_can_be_copied(design: DesignSession, owner: Client) -> None:
    draw(design, "Ranker")
    kept = post(owner, design, "versions", name="Early").json()
    draw(design, "Cache")

    made = post(owner, design, "copies", seq=kept["seq"]).json()
    never = post(owner, design, "copies", seq=99)

    assert names_in(DesignSession.objects.get(id=made["id"])) == ["Ranker"]
    assert never.status_code == 404


def test_the_replay_marks_versions_for_who_may_read_the_history(
    design: DesignSession, owner: Client
) -> None:
    draw(design, "Ranker")
    post(owner, design, "versions", name="Early")
    _, token = make_link(design, Role.OBSERVER)
    visitor = Client()
    visitor.get(f"/j/{token}")

    seen = [
        client.get(f"/api/v1/designs/{design.id}/replay").json()["markers"]
        for client in (owner, visitor)
    ]

    assert [[(one["kind"], one["title"]) for one in markers] for markers in seen] == [
        [("version", "Early")],
        [],
    ]


def test_who_holds_a_link_copies_the_present_and_not_the_past(design: DesignSession) -> None:
    """The copy is theirs: no account is needed, and nothing that was deleted is in it."""
    draw(design, "Ranker")
    _, token = make_link(design, Role.OBSERVER)
    visitor = Client()
    visitor.get(f"/j/{token}")

    present = post(visitor, design, "copies")
    past = post(visitor, design, "copies", seq=1)

    assert (present.status_code, past.status_code) == (201, 404)
    assert visitor.get(present.json()["url"]).status_code == 200
    assert visitor.get(f"/api/v1/designs/{present.json()['id']}/versions").status_code == 200


def test_an_interview_is_not_copied() -> None:
    """Its candidate may have it erased, and a copy would stay."""
    user = make_user()
    interview = make_design(user)
    before = DesignSession.objects.count()

    assert post(browser_of(user), interview, "copies").status_code == 409
    assert DesignSession.objects.count() == before


def test_a_copy_outlives_its_origin(design: DesignSession, owner: Client) -> None:
    made = post(owner, design, "copies").json()

    design.delete()

    assert DesignSession.objects.get(id=made["id"]).copied_from is None


def test_nobody_without_access_learns_that_there_is_something_to_copy(
    design: DesignSession,
) -> None:
    answer = post(browser_of(make_guest()), design, "copies")

    assert answer.status_code == 404
    assert DesignSession.objects.count() == 1
