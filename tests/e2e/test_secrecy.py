"""A candidate's browser never receives a byte of scores, private notes or the rubric.

Every body of every HTTP answer and every socket frame is recorded while an interviewer writes
private notes and scores, and searched for canaries and for all that the rubric is made of.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, WebSocket

from apps.content.registry import rubric
from tests.e2e.seats import Seat, take_seat
from tests.e2e.server import Server

CANARY = "canary-7c1f-private"


@dataclass
class Recording:
    """Everything that one page receives."""

    bodies: dict[str, bytes] = field(default_factory=dict)
    frames: list[bytes] = field(default_factory=list)

    def follow(self, page: Page) -> None:
        # Fetched here and handed on: a body asked for later is gone when the page has moved on.
        page.route("**/*", self._take_request)
        page.on("websocket", self._take_socket)

    def _take_request(self, route: Route) -> None:
        answer = route.fetch(max_redirects=0)
        self.bodies[f"{route.request.url} #{len(self.bodies)}"] = answer.body()
        route.fulfill(response=answer)

    def _take_socket(self, socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: self.frames.append(_bytes(frame)))

    def holds(self, text: str) -> list[str]:
        needle = text.encode()
        return [url for url, body in self.bodies.items() if needle in body] + [
            "a socket frame" for frame in self.frames if needle in frame
        ]


@pytest.fixture
def interviewer(browser: Browser, server: Server) -> Iterator[Seat]:
    seat = take_seat(browser, server)
    seat.sign_in_to_demo()
    yield seat
    seat.context.close()


def test_nothing_private_reaches_a_candidate(
    browser: Browser, server: Server, interviewer: Seat
) -> None:
    links = interviewer.open_interview()
    candidate, recording = take_seat(browser, server), Recording()
    recording.follow(candidate.page)

    candidate.join(links["For the candidate"], "Priya")
    interviewer.tab("Private notes")
    interviewer.page.locator(".cm-content").last.click()
    interviewer.page.keyboard.type(CANARY)
    interviewer.write_notes(1, "Goal: finish a title. 100 M viewers, 200 ms at p95, because TV.")
    interviewer.wait_until_saved()
    interviewer.tab("Score")
    rating = {"level": 2, "confidence": "low", "reason": f"Too little. {CANARY}"}
    assert interviewer.request("PUT", "card/ratings/metrics", rating)["status"] == 200
    for name in ("Guide", "Diagram", "Notes"):
        candidate.tab(name)
    candidate.insert("ranker")
    candidate.wait_until_saved()
    candidate.page.reload()
    candidate.wait_until_saved()

    assert recording.frames, "the sockets were not recorded"
    assert recording.holds("Video recommendation"), "the pages were not recorded"
    found = {text: places for text in _secrets() if (places := recording.holds(text))}
    assert found == {}
    assert not [frame for frame in recording.frames if b"score." in frame]
    candidate.page.unroute_all(behavior="wait")
    candidate.context.close()


def _secrets() -> list[str]:
    data: dict[str, Any] = rubric().data
    ids = [criterion["id"] for criterion in data["criteria"]]
    return [CANARY, *ids, *_sentences([data["criteria"], data["graph_rules"], data["levels"]])]


def _sentences(value: object) -> list[str]:
    """Every text in it of six words and more; shorter ones are terms that others use too."""
    match value:
        case str():
            return [value] if len(value.split()) >= 6 else []
        case dict():
            return [text for part in value.values() for text in _sentences(part)]
        case list():
            return [text for part in value for text in _sentences(part)]
    return []


def _bytes(frame: str | bytes) -> bytes:
    return frame.encode() if isinstance(frame, str) else frame
