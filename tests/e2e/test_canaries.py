"""No byte that a candidate's browser gets in a whole interview holds what is not for them.

Canaries are planted in private notes, reasons of scores, text that was deleted before the candidate
came; the interviewer's e-mail address and the hidden parts of the problem are canaries already.
"""

import base64
import gzip
import json
import sqlite3
import zlib
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Route, WebSocket, expect

from apps.content.registry import rubric
from apps.web.demo import EMAIL
from tests.e2e.canaries import find
from tests.e2e.seats import Seat, take_seat
from tests.e2e.server import Server

PRIVATE, REASON, VERDICT, DELETED = (
    f"{where}canary5e81" for where in ("private", "reason", "verdict", "deleted")
)
# What a candidate may try: pages and addresses of others, and one that does not exist.
TRIED = (
    "lobby", "links", "debrief", "report", "privacy", "privacy/export", "my-data",
    "replay", "nothing",
)  # fmt: skip
TRIED_IN_API = (
    "card", "panel", "people", "links", "record.json", "scores/latest", "interview", "document",
    "thumbnail.svg", "diagram.svg",
)  # fmt: skip


@dataclass
class Recording:
    """Everything that a browser receives, by where it came from."""

    parts: dict[str, bytes] = field(default_factory=dict)

    def follow(self, context: BrowserContext) -> None:
        # Fetched here and handed on: a body asked for later is gone when the page has moved on.
        context.route("**/*", self._take_request)
        context.on("page", lambda page: page.on("websocket", self._take_socket))

    def keep(self, place: str, body: str | bytes) -> None:
        raw = body.encode() if isinstance(body, str) else body
        self.parts[f"{place} #{len(self.parts)}"] = raw

    def _take_request(self, route: Route) -> None:
        answer = route.fetch(max_redirects=0)
        self.keep(route.request.url, answer.body())
        self.keep(f"headers of {route.request.url}", json.dumps(answer.headers_array))
        route.fulfill(response=answer)

    def _take_socket(self, socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: self.keep(f"socket {socket.url}", frame))


@pytest.mark.parametrize(
    "written",
    [
        str.encode,
        lambda text: text.encode("utf-16-le"),
        lambda text: text.encode("utf-16-be"),
        lambda text: text.encode().hex().encode(),
        lambda text: base64.b64encode(text.encode()),
        lambda text: base64.b64encode(b"x" + text.encode()),
        lambda text: base64.urlsafe_b64encode(b"xx" + text.encode()),
        lambda text: "".join(f"\\u{ord(letter):04x}" for letter in text).encode(),
        lambda text: b"before" + gzip.compress(text.encode()) + b"after",
        lambda text: b"before" + zlib.compress(text.encode()),
        lambda text: gzip.compress(base64.b64encode(zlib.compress(text.encode())) + text.encode()),
    ],
)
@pytest.mark.parametrize("around", [b"", b"\x78\x9c", b"\x1f\x8b\x08 not a stream "])
def test_the_search_finds_what_was_planted(written: Callable[[str], bytes], around: bytes) -> None:
    assert find([PRIVATE], {"place": around + written(PRIVATE)})
    assert not find([REASON], {"place": around + written(PRIVATE)})


def test_a_candidate_gets_no_canary_in_a_whole_interview(
    browser: Browser, own_server: Server
) -> None:
    interviewer = take_seat(browser, own_server)
    interviewer.sign_in_to_demo()
    links = interviewer.open_interview()
    _write_and_delete(interviewer)
    recording = Recording()
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    recording.follow(context)
    context.set_default_timeout(30_000)
    candidate = Seat(own_server, context, context.new_page())

    candidate.join(links["For the candidate"], "Priya")
    _work_in_private(interviewer)
    for name in ("Guide", "Diagram", "Notes"):
        candidate.tab(name)
    candidate.insert("ranker")
    candidate.wait_until_saved()
    _rate(interviewer)
    _try_what_is_not_theirs(candidate, recording)
    candidate.page.goto(f"{own_server.url}/designs/{interviewer.design_id}/")
    candidate.wait_until_saved()
    interviewer.context.request.post(_api(interviewer, "interview/end"), headers=_csrf(interviewer))
    candidate.page.reload()
    recording.keep("storage", json.dumps(context.storage_state(indexed_db=True)))
    context.unroute_all(behavior="wait")
    context.close()

    parts = recording.parts | _traces(own_server)
    assert any(place.startswith("socket") for place in parts), "no socket was recorded"
    assert find(["Video recommendation"], parts), "the pages were not recorded"
    assert find([PRIVATE, REASON, VERDICT, DELETED, EMAIL, *_hidden(interviewer)], parts) == []
    assert _is_planted(own_server)
    interviewer.context.close()


def _write_and_delete(interviewer: Seat) -> None:
    interviewer.write_notes(1, DELETED)
    interviewer.wait_until_saved()
    interviewer.page.keyboard.press("Control+A")
    interviewer.page.keyboard.press("Delete")
    interviewer.wait_until_saved()


def _work_in_private(interviewer: Seat) -> None:
    interviewer.tab("Private notes")
    interviewer.page.locator(".cm-content").last.click()
    interviewer.page.keyboard.type(PRIVATE)
    interviewer.wait_until_saved()
    expect(interviewer.page.locator(".cm-content").last).to_contain_text(PRIVATE)


def _rate(interviewer: Seat) -> None:
    ask = interviewer.context.request
    assert ask.get(_api(interviewer, "card")).ok
    rated = ask.put(
        _api(interviewer, f"card/ratings/{_an_item()}"),
        data={"level": 2, "confidence": "mid", "reason": REASON},
        headers=_csrf(interviewer),
    )
    assert rated.ok, rated.text()
    verdict = ask.put(
        _api(interviewer, "card/verdict"),
        data={"verdict": "no", "reason": VERDICT},
        headers=_csrf(interviewer),
    )
    assert verdict.ok, verdict.text()


def _try_what_is_not_theirs(candidate: Seat, recording: Recording) -> None:
    base = f"{candidate.server.url}/designs/{candidate.design_id}"
    addresses = [f"{base}/{page}" for page in TRIED]
    addresses += [_api(candidate, name) for name in TRIED_IN_API]
    for address in addresses:
        answer = candidate.context.request.get(address)
        recording.keep(f"tried {address}", answer.body())
        recording.keep(f"headers of {address}", json.dumps(answer.headers_array))


def _traces(server: Server) -> dict[str, bytes]:
    """What stays behind on the server where an operator, but no candidate's data, should be."""
    with closing(sqlite3.connect(server.data / "ninestep.sqlite3")) as database:
        jobs = database.execute("SELECT kind, key, reason, result FROM core_job").fetchall()
        audit = database.execute("SELECT kind, details_text FROM audit_auditentry").fetchall()
    return {
        "log": _log(server),
        "results of jobs": repr(jobs).encode(),
        "audit log": repr(audit).encode(),
    }


def _log(server: Server) -> bytes:
    """Without the line by which a demo lets its operator in: that address names who signs in."""
    lines = server.log.read_bytes().splitlines()
    return b"\n".join(line for line in lines if b"Sign in to the demo" not in line)


def _is_planted(server: Server) -> bool:
    """Else the search would find nothing because nothing was there."""
    with closing(sqlite3.connect(server.data / "ninestep.sqlite3")) as database:
        reasons = database.execute("SELECT reason FROM interviews_rating").fetchall()
        verdicts = database.execute("SELECT verdict_reason FROM interviews_scorecard").fetchall()
        updates = database.execute("SELECT payload FROM rooms_update").fetchall()
    rows = repr([reasons, verdicts]) + repr(b"".join(row[0] for row in updates))
    return REASON in rows and VERDICT in rows


def _hidden(interviewer: Seat) -> list[str]:
    """Of the rubric: ids and whole sentences. Of the problem: what only interviewers are told."""
    data: dict[str, Any] = rubric().data
    ids = [criterion["id"] for criterion in data["criteria"]]
    told = interviewer.context.request.get(_api(interviewer, "interview")).json()
    kept = _sentences([told["twists"], told["clarifications"]])
    assert kept, "the problem hides nothing"
    return [*ids, *kept, *_sentences([data["criteria"], data["levels"]])]


def _sentences(value: object) -> list[str]:
    """Every text in it of six words and more, in ASCII; shorter ones are terms of the trade."""
    match value:
        case str():
            return [value] if len(value.split()) >= 6 and value.isascii() else []
        case dict():
            return [text for part in value.values() for text in _sentences(part)]
        case list() | tuple():
            return [text for part in value for text in _sentences(part)]
    return []


def _an_item() -> str:
    data: dict[str, Any] = rubric().data
    return str(data["criteria"][0]["id"])


def _api(seat: Seat, name: str) -> str:
    return f"{seat.server.url}/api/v1/designs/{seat.design_id}/{name}"


def _csrf(seat: Seat) -> dict[str, str]:
    cookies = {cookie["name"]: cookie["value"] for cookie in seat.context.cookies()}
    return {"X-CSRFToken": cookies.get("csrftoken", ""), "Referer": seat.server.url}
