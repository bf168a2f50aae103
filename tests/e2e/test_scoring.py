"""The score in the browser: asked for, read, followed to its quotes, outdated, asked for again."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.e2e.axe import violations
from tests.e2e.seats import Seat, take_seat, until
from tests.e2e.server import Server

LINE = "Offline: ROC AUC on last week, because 2 % of sessions end in a finished film."
# So much of the problem that another line elsewhere does not show in the other steps any more.
PARTS = (
    "home page",
    "row builder",
    "search box",
    "mail job",
    "app",
    "trailer",
    "late show",
    "list",
)
ELSEWHERE = "".join(f"The {part} ranks films for each member.\n" for part in PARTS)
SCORED_WITHIN_MS = 60_000


@pytest.fixture
def seat(browser: Browser, server: Server) -> Iterator[Seat]:
    seat = take_seat(browser, server)
    seat.sign_in_to_demo()
    yield seat
    seat.context.close()


def score(seat: Seat) -> None:
    """Asks for a score of the design as it is and waits for it."""
    seat.wait_until_saved()
    seat.tab("Score")
    button(seat, re.compile("^(Score|Score again|Get feedback)$")).first.click()
    expect(link_to_why(seat)).to_be_visible(timeout=SCORED_WITHIN_MS)


def button(seat: Seat, name: str | re.Pattern[str]) -> Locator:
    return seat.page.get_by_role("button", name=name)


def link_to_why(seat: Seat) -> Locator:
    return seat.page.get_by_role("link", name="Why this score")


def criterion(seat: Seat, name: str) -> Locator:
    return seat.page.locator(".cr").filter(has=seat.page.get_by_role("heading", name=name))


def selected(seat: Seat) -> str:
    return str(seat.page.evaluate("String(getSelection())"))


def test_a_quote_is_found_again_after_the_notes_have_moved_and_said_to_be_gone(seat: Seat) -> None:
    seat.open_practice()
    seat.write_notes(2, LINE)
    score(seat)
    quote = button(seat, re.compile("^Notes ?: show this place")).first

    quote.click()
    until(lambda: selected(seat), lambda text: text == LINE)
    seat.page.keyboard.press("Control+Home")
    seat.page.keyboard.type("Written later. ")
    button(seat, "Back to the score").click()
    expect(seat.page.locator("[data-criterion]:focus")).to_have_count(1)
    expect(seat.page.get_by_text("The design has changed since this score.")).to_be_visible()
    quote.click()
    until(lambda: selected(seat), lambda text: text == LINE)

    seat.page.keyboard.type("Nothing of it is left.")
    button(seat, "Back to the score").click()
    quote.click()

    expect(seat.page.get_by_text("These words are not in the notes any more")).to_be_visible()


def test_an_outdated_score_is_made_again_and_keeps_the_steps_that_did_not_change(
    seat: Seat,
) -> None:
    messages: list[str] = []
    seat.page.on(
        "websocket", lambda ws: ws.on("framereceived", lambda frame: messages.append(str(frame)))
    )
    seat.open_practice()
    seat.write_notes(3, ELSEWHERE)
    seat.write_notes(2, LINE)
    score(seat)
    before = link_to_why(seat).get_attribute("href")
    messages.clear()

    seat.write_notes(4, "Labels: a film counts as finished at 90 %, since credits are skipped.")
    seat.wait_until_saved()
    seat.tab("Score")
    button(seat, "Score again").last.click()

    expect(button(seat, "Cancel")).to_have_count(0, timeout=SCORED_WITHIN_MS)
    until(lambda: link_to_why(seat).get_attribute("href"), lambda href: href != before)
    reused = until(lambda: _reused(messages), lambda steps: len(steps) == 9)
    assert reused["metrics"]
    assert not reused["data"]


def _reused(messages: list[str]) -> dict[str, bool]:
    """By step: was its score taken from the run before?"""
    events = [json.loads(message) for message in messages if message.startswith("{")]
    progress = [event for event in events if event["type"] == "score.progress"]
    return {event["step"]: event["reused"] for event in progress}


def test_levels_are_walked_by_arrows_and_opened_by_enter(seat: Seat) -> None:
    seat.open_practice()
    seat.write_notes(2, LINE)
    score(seat)
    chips = seat.page.locator("[data-criterion]")

    chips.first.focus()
    seat.page.keyboard.press("ArrowDown")
    expect(chips.nth(1)).to_be_focused()
    seat.page.keyboard.press("End")
    expect(chips.last).to_be_focused()
    seat.page.keyboard.press("Home")
    seat.page.keyboard.press("Enter")

    expect(chips.first).to_have_attribute("aria-expanded", "true")
    expect(seat.page.locator(".anchors:visible li")).to_have_count(4)


def test_what_is_written_is_marked_live_in_practice(seat: Seat) -> None:
    seat.open_practice()

    seat.write_notes(2, LINE)

    rail = seat.page.get_by_role("navigation", name="Steps")
    marks = rail.get_by_role("button", name=re.compile("Metrics")).locator(".live-marks")
    expect(marks).to_contain_text(re.compile("Something is said about [1-9]"))


def test_in_an_interview_the_machine_waits_for_ones_own_card(seat: Seat) -> None:
    seat.open_interview()
    seat.write_notes(2, LINE)
    seat.wait_until_saved()

    assert seat.request("POST", "scores", {})["status"] == 409
    assert seat.request("GET", "scores/latest")["body"]["run"] is None
    seat.tab("Score")
    expect(seat.page.locator(".live-marks")).to_have_count(0)


def test_the_why_page_opens_from_the_panel_and_gives_its_trace_away(seat: Seat) -> None:
    seat.open_practice()
    seat.write_notes(2, LINE)
    score(seat)

    link_to_why(seat).click()

    expect(seat.page.get_by_role("heading", name="Why this score")).to_be_visible()
    metrics = seat.page.get_by_role("region", name="Criteria of Metrics, offline and online")
    metrics.get_by_role("link").first.click()
    expect(seat.page.get_by_role("heading", name="Rules").first).to_be_visible()
    expect(seat.page.get_by_text(f"“{LINE}”").first).to_be_visible()
    with seat.page.expect_download() as download:
        seat.page.get_by_role("link", name="Trace as JSON").click()
    assert download.value.suggested_filename.endswith("-score.json")


def test_practice_gives_its_owner_feedback_and_shows_how_it_goes(
    browser: Browser, server: Server
) -> None:
    seat = take_seat(browser, server)
    seat.page.goto(server.url)
    seat.page.get_by_role("button", name="Start a board").click()
    seat.wait_until_saved()
    seat.write_notes(2, LINE)

    score(seat)

    expect(seat.page.get_by_text("Think about").first).to_be_visible()
    seat.page.get_by_role("link", name="Your progress").click()
    expect(seat.page.get_by_role("heading", name="Worth trying next")).to_be_visible()
    expect(seat.page.get_by_text("1 session with feedback so far.")).to_be_visible()
    seat.context.close()


def test_axe_on_panel_why_and_progress(browser: Browser, server: Server) -> None:
    seat = take_seat(browser, server, bypass_csp=True)
    seat.page.goto(server.url)
    seat.page.get_by_role("button", name="Start a board").click()
    seat.wait_until_saved()
    seat.write_notes(2, f"{LINE}\nprecision, recall, F1, nDCG, MRR, MAP\n")
    score(seat)
    seat.page.locator("[data-criterion]").first.click()
    assert violations(seat.page) == {}, "panel"
    progress = seat.page.get_by_role("link", name="Your progress").get_attribute("href")
    link_to_why(seat).click()
    for folded in seat.page.locator(".why-cr > summary").all()[:12]:
        folded.click()

    assert violations(seat.page) == {}, "why"
    seat.page.goto(f"{server.url}{progress}")
    assert violations(seat.page) == {}, "progress"
    seat.context.close()
