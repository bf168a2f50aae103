"""The pages: what each shows to whom, and what is true of all."""

import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from apps.core.permissions import Role
from apps.designs.domain import lifecycle
from apps.designs.models import DesignSession
from apps.rooms.documents import DocumentKey, DocumentName
from apps.rooms.domain.log import Batch, Entry, append, find_log
from tests.factories import (
    browser_of,
    make_design,
    make_guest,
    make_link,
    make_participant,
    make_user,
)

pytestmark = pytest.mark.django_db

PUBLIC = [
    "/",
    "/problems",
    "/problems/rank-feed",
    "/handbook/flows/ml-9-step",
    "/handbook/rubrics/ml-9-step",
    "/handbook/components",
    "/handbook/coverage",
    "/new",
    "/import",
    "/accounts/login/",
    "/accounts/signup/",
    "/nothing",
]


def bootstrap_of(page: HttpResponseBase) -> dict[str, Any]:
    content: bytes = page.content  # type: ignore[attr-defined]
    found = re.search(rb'<script id="bootstrap"[^>]*>(.*?)</script>', content, re.DOTALL)
    assert found is not None
    data: dict[str, Any] = json.loads(found.group(1))
    return data


@pytest.mark.parametrize("path", PUBLIC)
def test_pages_carry_no_inline_script_or_style(path: str) -> None:
    page = Client().get(path)

    text = page.content.decode()
    inline = r"<script(?![^>]*(?:\bsrc=|type=\"application/json\"))"
    assert re.findall(inline, text) == []
    assert re.findall(r"\s(?:style|on\w+)=", text) == []
    assert "script-src 'self';" in page.headers["Content-Security-Policy"]


def test_stranger_sees_the_landing_page_with_the_steps_of_the_flow() -> None:
    text = Client().get("/").content.decode()

    assert "Start a board" in text
    assert text.count('class="min-') == 18  # nine on the ruler, nine names below it


def test_start_opens_a_practice_board_that_stays_with_the_browser() -> None:
    client = Client()

    answer = client.post("/start")

    design = DesignSession.objects.get()
    assert answer.headers["Location"] == f"/designs/{design.id}/"
    assert design.kind == DesignSession.Kind.PRACTICE
    assert client.get(answer.headers["Location"]).status_code == 200
    assert design.title in client.get("/").content.decode()
    assert Client().get(answer.headers["Location"]).status_code == 404


def test_start_by_get_changes_nothing() -> None:
    assert Client().get("/start").status_code == 405
    assert not DesignSession.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_library_asks_the_database_as_often_for_one_as_for_many(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    user = make_user()
    for _ in range(count):
        make_participant(make_design(user))
    client = browser_of(user)

    with django_assert_num_queries(8):
        assert client.get("/").status_code == 200


def test_library_calls_no_board_empty_that_was_just_drawn_on() -> None:
    user = make_user()
    design = make_design(user)
    client = browser_of(user)
    assert "No component on the board" in client.get("/").content.decode()

    log_id = find_log(DocumentKey(design.id, DocumentName.BOARD))
    append([Batch(log_id, 2, [Entry(b"not projected yet")])])

    page = client.get("/").content.decode()
    assert "No component on the board" not in page
    assert f"/designs/{design.id}/thumbnail.svg" in page


def test_library_finds_by_title_and_name_within_a_tab() -> None:
    user = make_user()
    make_design(user, title="Churn")
    make_design(user, kind=DesignSession.Kind.PRACTICE, title="Churn at home")
    ended = make_design(user, title="Fraud")
    make_participant(ended)
    lifecycle.end(ended)
    client = browser_of(user)

    def titles(query: str) -> list[str]:
        return [design.title for design in client.get(f"/?{query}").context["page"]]

    assert titles("q=churn&tab=interviews") == ["Churn"]
    assert titles("tab=ended") == ["Fraud"]
    assert titles("q=candidate") == ["Fraud"]
    assert titles("q=nothing+like+it") == []


def test_new_interview_goes_on_to_its_lobby_and_shows_its_links() -> None:
    client = browser_of(make_user())

    answer = client.post("/new", {"problem": "rec-video", "kind": "interview", "title": "Mine"})
    page = client.get(answer.headers["Location"])

    design = DesignSession.objects.get()
    assert (answer.headers["Location"], design.title) == (f"/designs/{design.id}/lobby", "Mine")
    addresses = re.findall(r'data-copy="http://testserver(/j/[\w-]+)"', page.content.decode())
    assert len(addresses) == 2
    assert Client().get(addresses[0]).headers["Location"] == f"/join/{design.id}"


def test_addresses_are_shown_to_their_maker_only() -> None:
    user = make_user()
    design = make_design(user)
    colleague = make_user()
    make_participant(design, Role.INTERVIEWER, colleague)
    page = reverse("links", args=[design.id])

    browser_of(user).post(page + "/create", {"role": "candidate"})

    assert "data-copy" not in browser_of(colleague).get(page).content.decode()


def test_new_session_refuses_an_unknown_problem() -> None:
    answer = browser_of(make_user()).post("/new", {"problem": "x", "kind": "interview"})

    assert answer.status_code == 400
    assert not DesignSession.objects.exists()


def test_new_session_without_a_problem_goes_through_the_flow_chosen() -> None:
    client = browser_of(make_user())

    page = client.get("/new?flow=system-design&kind=practice").content.decode()
    answer = client.post(
        "/new", {"flow": "system-design", "kind": "practice", "title": "Ticket sale"}
    )

    design = DesignSession.objects.get()
    assert "Core components" in page
    assert answer.headers["Location"] == reverse("workspace", args=[design.id])
    assert (design.flow_id, design.problem_id, design.title) == ("system-design", "", "Ticket sale")


@pytest.mark.parametrize("chosen", [{}, {"flow": "waterfall"}], ids=["nothing", "an unknown flow"])
def test_new_session_needs_a_problem_or_a_flow(chosen: dict[str, str]) -> None:
    answer = browser_of(make_user()).post("/new", {"kind": "interview", **chosen})

    assert answer.status_code == 400
    assert not DesignSession.objects.exists()


def test_ended_session_offers_links_to_look_only() -> None:
    user = make_user()
    design = make_design(user)
    lifecycle.end(design)

    page = browser_of(user).get(reverse("links", args=[design.id]))

    assert page.context["roles"] == [("observer", "Read only")]


def test_brief_of_the_interviewer_is_for_people_with_an_account() -> None:
    with_account = browser_of(make_user()).get("/problems/rec-video").content.decode()
    without = Client().get("/problems/rec-video").content.decode()

    assert "Given only when asked" in with_account
    assert "Given only when asked" not in without


def test_workspace_hands_over_what_the_script_expects() -> None:
    user = make_user("Anneke")
    design = make_design(user)

    data = bootstrap_of(browser_of(user).get(reverse("workspace", args=[design.id])))

    assert set(data) == {
        "design",
        "interview",
        "problem",
        "flow",
        "other_flows",
        "me",
        "catalogue",
        "api",
        "sockets",
        "sprite",
        "csp_nonce",
    }
    assert data["me"] == {
        "participant": str(design.participants.get().id),
        "name": "Anneke",
        "color": 1,
        "role": "owner",
        "signed_in": True,
        "can": data["me"]["can"],
    }
    assert data["api"] == f"/api/v1/designs/{design.id}"
    assert len(data["flow"]["steps"]) == 9


def test_workspace_nonce_is_that_of_the_policy() -> None:
    user = make_user()
    page = browser_of(user).get(reverse("workspace", args=[make_design(user).id]))

    nonce = bootstrap_of(page)["csp_nonce"]

    assert f"'nonce-{nonce}'" in page.headers["Content-Security-Policy"]


def test_title_cannot_leave_the_bootstrap_script() -> None:
    user = make_user()
    design = make_design(user, title="</script><script>alert(1)</script>")

    page = browser_of(user).get(reverse("workspace", args=[design.id]))

    assert b"<script>alert" not in page.content
    assert bootstrap_of(page)["design"]["title"] == design.title


def test_workspace_of_an_unknown_flow_takes_the_steps_of_the_document() -> None:
    from apps.designs.document.validation import parse

    user = make_user()
    step = {"id": "think-first", "number": 1}
    document = parse(
        {
            "format": "ninestep/design",
            "version": 1,
            "flow": {"id": "own", "version": "1"},
            "steps": [step],
            "board": {},
        }
    )
    design = make_design(user, document=document)

    data = bootstrap_of(browser_of(user).get(reverse("workspace", args=[design.id])))

    assert [item["name"] for item in data["flow"]["steps"]] == ["Think first"]


def test_denied_page_and_missing_page_are_the_same() -> None:
    design = make_design()
    client = browser_of(make_guest())

    nobodys = "6f1f0e0c-6f3c-4d3c-8a6e-000000000000"

    denied = client.get(reverse("workspace", args=[design.id]))
    missing = client.get(reverse("workspace", args=[nobodys]))

    # The address itself is in the page: signing in leads back to it.
    expected = missing.content.decode().replace(nobodys, str(design.id))
    assert (denied.status_code, denied.content.decode()) == (404, expected)


@pytest.mark.parametrize("name", ["links", "create_link", "end"])
def test_candidate_cannot_look_after_the_session(name: str) -> None:
    design, guest = make_design(), make_guest()
    make_participant(design, Role.CANDIDATE, guest)
    client = browser_of(guest)

    send = client.get if name == "links" else client.post

    assert send(reverse(name, args=[design.id])).status_code == 404


def test_candidate_cannot_end_the_session() -> None:
    design, guest = make_design(), make_guest()
    make_participant(design, Role.CANDIDATE, guest)

    assert browser_of(guest).post(reverse("end", args=[design.id])).status_code == 404


def test_import_refuses_a_file_that_is_too_large_before_reading_it(settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1024
    file = SimpleUploadedFile("design.json", b" " * 2048)

    answer = Client().post("/import", {"file": file})

    assert answer.status_code == 400
    assert "a design has at most 1.0\xa0KB" in answer.content.decode()


def test_import_page_shows_path_and_reason_of_each_fault() -> None:
    bad = json.dumps({"format": "ninestep/design", "version": 1, "steps": [{}], "board": {}})
    file = SimpleUploadedFile("design.json", bad.encode())

    answer = Client().post("/import", {"file": file})

    assert answer.status_code == 400
    assert b"$.steps[0]" in answer.content
    assert not DesignSession.objects.exists()


def test_board_of_an_account_offers_to_sign_in_and_come_back() -> None:
    user = make_user()
    page = f"/designs/{make_design(user).id}/"

    signed_out = Client().get(page)
    somebody_else = browser_of(make_user()).get(page)

    assert (signed_out.status_code, somebody_else.status_code) == (404, 404)
    assert f"/accounts/login/?next={page}" in signed_out.content.decode()
    assert "Sign in" not in somebody_else.content.decode()


def test_form_without_its_token_says_what_to_do() -> None:
    answer = Client(enforce_csrf_checks=True).post("/start")

    assert answer.status_code == 403
    assert b"load the page again" in answer.content


def test_server_error_has_a_page_and_a_json_form(settings: Settings) -> None:
    from django.test import RequestFactory

    from apps.web.views.errors import server_error

    requests = RequestFactory()

    page, data = server_error(requests.get("/x")), server_error(requests.get("/api/v1/x"))

    assert (page.status_code, data.status_code) == (500, 500)
    assert b"What was shown as saved is kept" in page.content
    assert json.loads(data.content)["error"]["code"] == "internal_server_error"


def test_links_page_keeps_no_copy() -> None:
    user = make_user()
    design = make_design(user)
    make_link(design)

    page = browser_of(user).get(reverse("links", args=[design.id]))

    assert page.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/j/unknown", "/nothing", "/api/v1/designs"])
def test_answers_are_not_kept_by_browsers_or_proxies(path: str) -> None:
    answer = Client().get(path)

    assert "no-store" in answer.headers["Cache-Control"]


def test_dead_link_does_not_travel_on_as_a_referrer() -> None:
    assert Client().get("/j/unknown").headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("path", ["/problems", "/api/v1/designs"])
def test_silent_database_is_a_503_that_says_so(
    path: str, monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    def silent(*_: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr("apps.accounts.middleware.identify", silent)
    client.raise_request_exception = False

    answer = client.get(path)

    assert answer.status_code == 503
    assert "The database does not answer" in answer.content.decode()
