"""The history of a session: who gets what of it, page by page."""

import base64
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pycrdt import Doc, Map, Text
from pytest_django import DjangoAssertNumQueries

from apps.core.permissions import Role
from apps.designs.domain.access import access_for
from apps.designs.models import LINK_ROLES, DesignSession, Participant
from apps.rooms.documents import DocumentKey, DocumentName
from apps.rooms.domain import history
from apps.rooms.domain.log import Entry, find_log
from apps.rooms.domain.quarantine import quarantine
from apps.rooms.domain.reading import current_document
from apps.rooms.domain.recovery import restart_from_last_good
from apps.scoring.domain.runs import request_run
from apps.scoring.models import ScoreRun
from tests.factories import (
    actor_for,
    browser_of,
    make_design,
    make_guest,
    make_link,
    make_participant,
    owner_of,
)
from tests.rooms.rows import append_rows

pytestmark = pytest.mark.django_db

CANARIES = [f"canary-{place}" for place in ("note", "name", "card", "sticky", "tag", "private")]


class Author:
    """Somebody who edits the board of a design, and the private notes."""

    def __init__(self, design: DesignSession, participant: Participant | None = None) -> None:
        self.key = DocumentKey(design.id, DocumentName.BOARD)
        self.participant_id = participant.id if participant else None
        self.doc: Doc[Any] = Doc()
        for row in history.read_page(design.id, 0, 2000, is_redacted=False).rows:
            self.doc.apply_update(row.payload)

    def edit(self, change: Callable[["Doc[Any]"], None]) -> None:
        before = self.doc.get_state()
        change(self.doc)
        update = self.doc.get_update(before)
        append_rows(self.key, Entry(update, self.participant_id))

    def write(self, step: str, text: str) -> None:
        self.edit(lambda doc: self.note(step).insert(0, text))

    def note(self, step: str) -> Text:
        note: Text = self.doc.get("notes", type=Map)[step]
        return note

    def put(self, root: str, key: str, **values: Any) -> None:
        self.edit(lambda doc: doc.get(root, type=Map).update({key: Map(values)}))

    def change(self, root: str, key: str, **values: Any) -> None:
        self.edit(lambda doc: doc.get(root, type=Map)[key].update(values))

    def delete(self, root: str, key: str) -> None:
        self.edit(lambda doc: doc.get(root, type=Map).pop(key))


@pytest.fixture
def design() -> DesignSession:
    return make_design(problem=None)


def page(client: Client, design: DesignSession, **query: int) -> Any:
    answer = client.get(f"/api/v1/designs/{design.id}/replay", query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def whole(client: Client, design: DesignSession, limit: int = 2000) -> list[Any]:
    """All rows, page by page."""
    rows: list[Any] = []
    while (part := page(client, design, after=rows[-1]["seq"] if rows else 0, limit=limit))["rows"]:
        rows += part["rows"]
    return rows


def received(client: Client, design: DesignSession) -> bytes:
    """Every byte of the answer, as sent and with the updates decoded."""
    answer = client.get(f"/api/v1/designs/{design.id}/replay", {"limit": 2000})
    updates = [base64.b64decode(row["update"]) for row in answer.json()["rows"]]
    return b"".join([answer.content, str(answer.headers).encode(), *updates])


def make_and_delete_secrets(design: DesignSession) -> None:
    author = Author(design, make_participant(design, Role.CANDIDATE))
    author.write("data", "canary-note")
    author.edit(lambda doc: author.note("data").clear())
    author.put("components", "a", name="canary-name", tags=["canary-tag"], x=1.0)
    author.change("components", "a", name="Ranker", tags=[])
    author.put("components", "b", name="canary-card", x=2.0)
    author.delete("components", "b")
    author.put("stickies", "c", text="canary-sticky", x=3.0)
    author.delete("stickies", "c")
    author.write("data", "This stays.")
    private = DocumentKey(design.id, DocumentName.PRIVATE)
    append_rows(private, Entry(b"canary-private"))


def browser_as(role: Role, design: DesignSession) -> Client:
    if role is Role.OWNER:
        return browser_of(owner_of(design))
    guest = make_guest()
    make_participant(design, role, guest)
    return browser_of(guest)


def read_only_browser(design: DesignSession) -> Client:
    client = Client()
    client.get(f"/j/{make_link(design, Role.OBSERVER)[1]}")
    return client


@pytest.mark.parametrize("role", [Role.CANDIDATE, Role.OBSERVER, None])
def test_guests_receive_no_byte_of_what_was_deleted(
    role: Role | None, design: DesignSession
) -> None:
    make_and_delete_secrets(design)
    client = browser_as(role, design) if role else read_only_browser(design)

    got = received(client, design)

    assert b"This stays." in got
    assert b"Ranker" in got
    assert [canary for canary in CANARIES if canary.encode() in got] == []


@pytest.mark.parametrize("role", [Role.OWNER, Role.INTERVIEWER])
def test_interviewers_receive_what_was_deleted(role: Role, design: DesignSession) -> None:
    make_and_delete_secrets(design)

    got = received(browser_as(role, design), design)

    assert [canary for canary in CANARIES if canary.encode() in got] == CANARIES[:-1]


@pytest.mark.parametrize("role", [Role.OWNER, *LINK_ROLES])
def test_rows_make_the_present_document(role: Role, design: DesignSession) -> None:
    make_and_delete_secrets(design)
    author = Author(design)

    played: Doc[Any] = Doc()
    for row in whole(browser_as(role, design), design, limit=3):
        played.apply_update(base64.b64decode(row["update"]))

    for root in ("components", "stickies", "steps"):
        assert played.get(root, type=Map).to_py() == author.doc.get(root, type=Map).to_py()
    assert str(played.get("notes", type=Map)["data"]) == "This stays."


def test_what_is_deleted_later_is_gone_from_the_first_page(design: DesignSession) -> None:
    author = Author(design)
    author.write("data", "canary-note")
    client = browser_as(Role.CANDIDATE, design)
    first = page(client, design, limit=2)["rows"]
    assert b"canary-note" in base64.b64decode(first[1]["update"])

    author.edit(lambda doc: author.note("data").clear())

    first = page(client, design, limit=2)["rows"]
    assert b"canary-note" not in base64.b64decode(first[1]["update"])


def test_rows_tell_who_and_when_without_addresses(design: DesignSession) -> None:
    candidate = make_participant(design, Role.CANDIDATE)
    Author(design, candidate).write("data", "Text")

    got = page(browser_as(Role.OBSERVER, design), design)

    assert [row["seq"] for row in got["rows"]] == [1, 2]
    assert [row["participant"] for row in got["rows"]] == [None, str(candidate.id)]
    assert got["people"] == [
        {
            "participant": str(candidate.id),
            "name": candidate.name,
            "role": "candidate",
            "color": candidate.color,
        }
    ]
    assert got["last"] == 2


def test_pages_are_as_long_as_asked_and_end(design: DesignSession) -> None:
    author = Author(design)
    for number in range(5):
        author.write("data", f"{number} ")
    client = browser_as(Role.OWNER, design)

    pages = [page(client, design, after=after, limit=4) for after in (0, 4, 6)]

    assert [[row["seq"] for row in one["rows"]] for one in pages] == [[1, 2, 3, 4], [5, 6], []]
    assert [one["last"] for one in pages] == [6, 6, 6]
    assert page(client, design, limit=0)["rows"] == []


def test_large_rows_make_short_pages(
    design: DesignSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "PAGE_BYTES_MAX", 5_000)
    author = Author(design)
    for letter in "abc":
        author.write("data", letter * 4_000)

    client = browser_as(Role.CANDIDATE, design)

    seqs = [row["seq"] for row in page(client, design, after=1)["rows"]]
    assert seqs == [2]
    assert len(whole(client, design)) == 4


def test_what_could_not_be_read_is_not_played(design: DesignSession) -> None:
    Author(design).write("data", "Good.")
    key = DocumentKey(design.id, DocumentName.BOARD)
    append_rows(key, Entry(b"no update"))
    quarantine(find_log(key), "It is no update.")
    client = browser_as(Role.CANDIDATE, design)
    assert [row["seq"] for row in whole(client, design)] == [1, 2]

    restart_from_last_good(key)
    Author(design).write("data", "Went on. ")

    rows = whole(client, design)
    assert [row["seq"] for row in rows if row["seq"] in {2, 3}] == [2]
    played: Doc[Any] = Doc()
    for row in rows:
        played.apply_update(base64.b64decode(row["update"]))
    assert str(played.get("notes", type=Map)["data"]) == "Went on. Good."


@pytest.mark.parametrize("query", [{"limit": 2001}, {"limit": -1}, {"after": -1}, {"after": "x"}])
def test_odd_questions_are_refused(query: dict[str, Any], design: DesignSession) -> None:
    client = browser_as(Role.OWNER, design)

    answer = client.get(f"/api/v1/designs/{design.id}/replay", query)

    assert answer.status_code == 400


def test_guests_keep_no_copy_and_interviewers_ask_first(design: DesignSession) -> None:
    address = f"/api/v1/designs/{design.id}/replay"
    guest, owner = browser_as(Role.CANDIDATE, design), browser_as(Role.OWNER, design)

    answer, kept = guest.get(address), owner.get(address)

    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in answer.headers
    assert kept.headers["Cache-Control"] == "private, no-cache"
    again = owner.get(address, headers={"If-None-Match": kept.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    Author(design).write("data", "New")
    changed = owner.get(address, headers={"If-None-Match": kept.headers["ETag"]})
    assert changed.status_code == 200


def test_scores_are_marked_for_interviewers_alone(design: DesignSession) -> None:
    Author(design).write("data", "Text")
    document, seq = current_document(design)
    run = request_run(design, document, seq, access_for(actor_for(owner_of(design)), design))
    ScoreRun.objects.filter(id=run.id).update(status="done", result={"overall": {"score": 61.4}})

    marked = page(browser_as(Role.INTERVIEWER, design), design)["markers"]

    at = run.created_at.isoformat()
    assert marked == [{"kind": "score", "seq": 2, "at": at, "title": "Score 61"}]
    assert page(browser_as(Role.CANDIDATE, design), design)["markers"] == []


def test_number_of_queries_does_not_grow_with_the_rows(
    design: DesignSession, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    author = Author(design)
    for number in range(50):
        author.write("data", f"{number} ")
    client = browser_as(Role.OWNER, design)

    with django_assert_max_num_queries(10):
        page(client, design)
