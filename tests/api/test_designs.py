"""Creating, listing and changing designs, and the form of what goes wrong."""

import json
from uuid import uuid4

import pytest
from django.test import Client

from apps.core.permissions import Role
from apps.designs.models import DesignSession
from tests.factories import browser_of, make_design, make_guest, make_participant, make_user

pytestmark = pytest.mark.django_db

DOCUMENT = {"format": "ninestep/design", "version": 1, "steps": [], "board": {}}


def post(client: Client, path: str, body: object) -> tuple[int, dict[str, object]]:
    answer = client.post(f"/api/v1/{path}", json.dumps(body), content_type="application/json")
    return answer.status_code, answer.json()


def test_create_makes_a_design_of_the_asker() -> None:
    user = make_user()

    status, body = post(browser_of(user), "designs", {"kind": "interview", "problem": "rec-video"})

    design = DesignSession.objects.get()
    assert (status, body["id"], body["url"]) == (201, str(design.id), f"/designs/{design.id}/")
    assert design.participants.get().user == user


@pytest.mark.parametrize(
    ("wanted", "flow"),
    [
        ({}, "ml-9-step"),
        ({"flow": "system-design"}, "system-design"),
        ({"flow": "system-design", "problem": "rec-video"}, "ml-9-step"),  # a problem has its own
    ],
    ids=["nothing said", "a flow", "a problem as well"],
)
def test_a_design_without_a_problem_takes_the_flow_that_is_asked_for(
    wanted: dict[str, str], flow: str
) -> None:
    status, body = post(browser_of(make_user()), "designs", wanted)

    assert (status, body["flow_id"]) == (201, flow)


def test_switching_answers_with_the_flow_of_now() -> None:
    user = make_user()
    design = make_design(user)
    client = browser_of(user)

    switched = post(client, f"designs/{design.id}/flow", {"flow": "system-design"})
    unknown, _ = post(client, f"designs/{design.id}/flow", {"flow": "waterfall"})

    assert (switched[0], switched[1]["flow_id"]) == (200, "system-design")
    assert unknown == 404


def test_stranger_creates_nothing() -> None:
    for path, body in (("designs", {"kind": "practice"}), ("designs/import", DOCUMENT)):
        assert post(Client(), path, body)[0] == 403

    assert not DesignSession.objects.exists()


def test_list_holds_own_designs_only() -> None:
    user = make_user()
    own, _other = make_design(user), make_design()
    joined = make_design()
    make_participant(joined, Role.INTERVIEWER, user)

    listed = browser_of(user).get("/api/v1/designs").json()

    assert {item["id"] for item in listed} == {str(own.id), str(joined.id)}


def test_import_refuses_a_bad_document_with_path_and_reason() -> None:
    bad = DOCUMENT | {"board": {"components": [{"id": "a"}, {"id": "a", "x": "left"}]}}

    status, body = post(browser_of(make_guest()), "designs/import", bad)

    error = body["error"]
    assert isinstance(error, dict)
    assert (status, error["code"]) == (400, "invalid")
    assert all(fault["path"].startswith("$") and fault["reason"] for fault in error["faults"])
    assert not DesignSession.objects.exists()


@pytest.mark.parametrize("body", [b"", b"{", b"[NaN]", b"\xff\xfe", b"[" * 100_000])
def test_import_of_what_is_no_json_is_a_clear_400(body: bytes) -> None:
    answer = browser_of(make_guest()).post(
        "/api/v1/designs/import", body, content_type="application/json"
    )

    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid")


def test_bottomless_body_is_a_clear_400() -> None:
    answer = browser_of(make_guest()).post(
        "/api/v1/designs", b"[" * 100_000, content_type="application/json"
    )

    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "parse_error")


def test_unknown_design_answers_like_one_that_is_not_ours() -> None:
    strangers = browser_of(make_guest())

    answers = [
        strangers.get(f"/api/v1/designs/{design_id}") for design_id in (make_design().id, uuid4())
    ]

    assert answers[0].content == answers[1].content
    for header in ("Cache-Control", "Vary"):
        assert answers[0].headers[header] == answers[1].headers[header]


def test_document_comes_back_as_it_was_imported() -> None:
    client = browser_of(make_guest())
    notes = {"id": "metrics", "number": 2, "status": "in_play", "notes": "nDCG, naïve 🦊\n"}
    _, made = post(client, "designs/import", DOCUMENT | {"steps": [notes], "mood": "calm"})

    answer = client.get(f"/api/v1/designs/{made['id']}/document")

    document = answer.json()
    assert [step for step in document["steps"] if step["id"] == "metrics"] == [notes]
    assert document["mood"] == "calm"


def test_renaming_to_nothing_is_refused_with_the_field() -> None:
    user = make_user()
    design = make_design(user)

    answer = browser_of(user).patch(
        f"/api/v1/designs/{design.id}", {"title": " "}, content_type="application/json"
    )

    faults = answer.json()["error"]["faults"]
    assert (answer.status_code, [fault["path"] for fault in faults]) == (400, ["$.title"])


def test_request_without_a_csrf_token_is_refused_for_guests_too() -> None:
    guest = make_guest()
    client = Client(enforce_csrf_checks=True)
    client.cookies = browser_of(guest).cookies

    assert post(client, "designs", {"kind": "practice"})[0] == 403
    assert not DesignSession.objects.exists()


@pytest.mark.parametrize("path", ["nothing", "designs/nonsense", "designs/1/links"])
def test_unknown_address_is_json(path: str) -> None:
    answer = Client().get(f"/api/v1/{path}")

    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")


def test_too_large_a_request_is_a_413() -> None:
    answer = browser_of(make_guest()).post(
        "/api/v1/designs/import", b" " * (6 * 1024 * 1024), content_type="application/json"
    )

    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_large")


@pytest.mark.parametrize("role", ["owner", "admin", "king"])
def test_links_give_no_role_that_a_link_cannot(role: str) -> None:
    owner = make_user()
    design = make_design(owner)

    status, _ = post(browser_of(owner), f"designs/{design.id}/links", {"role": role})

    assert status == 400
    assert not design.links.exists()
