"""An interviewer's own card: filled in and submitted by keys alone, evidence by pointing."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.e2e.axe import violations
from tests.e2e.seats import Seat, take_seat, until
from tests.e2e.server import Server

FOCUSED = "document.activeElement.dataset.item ?? ''"
# The page's own way to the server, with its cookies and its token.
POST = """
async (address) => {
  const token = document.cookie.match(/csrftoken=([^;]*)/)[1];
  const answer = await fetch(address, { method: "POST", headers: { "X-CSRFToken": token } });
  return answer.status;
}
"""


@pytest.fixture
def seat(browser: Browser, server: Server) -> Iterator[Seat]:
    seat = take_seat(browser, server)
    seat.sign_in_to_demo()
    seat.open_interview()
    yield seat
    seat.context.close()


def play(seat: Seat, *deeds: str) -> None:
    for deed in deeds:
        status = seat.page.evaluate(POST, f"/api/v1/designs/{seat.design_id}/interview/{deed}")
        assert status == 200, f"{deed}: {status}"


def card(seat: Seat) -> dict[str, Any]:
    """As the server has it."""
    address = f"{seat.server.url}/api/v1/designs/{seat.design_id}/card"
    body: dict[str, Any] = seat.context.request.get(address).json()
    return body


def current(seat: Seat) -> Locator:
    return seat.page.locator(".ci.is-cur")


def go_to_card(seat: Seat) -> None:
    """By keys: to the tab, then on to the row that the card's keys act on."""
    seat.tab("Score")
    expect(current(seat)).to_have_count(1)
    current(seat).focus()


def fill_in(seat: Seat) -> None:
    """Every row that there is, from the first step to the verdict, by keys alone."""
    keys = seat.page.keyboard
    while current(seat).get_attribute("data-item") != "verdict":
        before = current(seat).get_attribute("data-item")
        keys.press("3")
        keys.press("c")
        keys.press("r")
        keys.type("Named two sources.")
        keys.press("Escape")
        keys.press("j")
        expect(current(seat)).not_to_have_attribute("data-item", str(before))
        until(
            lambda: seat.page.evaluate(FOCUSED),
            lambda now: now == current(seat).get_attribute("data-item"),
        )


def test_keys_alone_fill_in_and_submit_a_whole_card(seat: Seat) -> None:
    seat.write_notes(1, "Goal: fewer abandoned sessions.")
    seat.wait_until_saved()
    play(seat, "end")
    go_to_card(seat)
    expect(seat.page.get_by_role("button", name="Submit")).to_be_enabled()

    seat.page.keyboard.press("Control+Enter")
    expect(seat.page.get_by_text("Before it can be submitted")).to_be_visible()
    current(seat).focus()
    fill_in(seat)
    seat.page.keyboard.press("r")
    seat.page.keyboard.type("Would work with this person.")
    seat.page.keyboard.press("Escape")
    seat.page.keyboard.press("3")
    expect(seat.page.get_by_role("radio", name="Yes", exact=True)).to_be_checked()
    assert violations(seat.page) == {}
    seat.page.keyboard.press("Control+Enter")

    expect(seat.page.locator(".ch .state", has_text="Submitted")).to_be_visible()
    stored = card(seat)["card"]
    assert (stored["status"], stored["verdict"]) == ("submitted", "yes")
    assert {one["level"] for one in stored["ratings"].values()} == {3}
    assert violations(seat.page) == {}


def test_words_and_parts_are_pointed_at_and_found_again(seat: Seat) -> None:
    seat.insert("Ranker")
    seat.write_notes(1, "Goal: fewer abandoned sessions.")
    seat.page.keyboard.press("Shift+Home")
    go_to_card(seat)
    seat.page.keyboard.press("e")
    seat.select("Ranker")
    current(seat).focus()
    seat.page.keyboard.press("e")

    until(lambda: evidence(seat), lambda found: found == ["note", "component"])
    seat.page.get_by_role("button", name="Notes").filter(has_text="show this place").click()
    until(
        lambda: str(seat.page.evaluate("String(getSelection())")),
        lambda text: text == "Goal: fewer abandoned sessions.",
    )


def evidence(seat: Seat) -> list[str]:
    ratings = card(seat)["card"]["ratings"].values()
    return [one["kind"] for rating in ratings for one in rating["evidence"]]


def test_ratings_made_offline_are_kept_and_sent(seat: Seat) -> None:
    go_to_card(seat)
    seat.cut_network()

    seat.page.keyboard.press("4")
    expect(seat.page.get_by_text("Offline: 1 change kept here").last).to_be_visible()
    seat.mend_network()

    until(
        lambda: [one["level"] for one in card(seat)["card"]["ratings"].values()],
        lambda levels: levels == [4],
    )


def test_own_notes_are_stamped_and_are_nobody_elses(seat: Seat) -> None:
    seat.tab("Private notes")
    seat.page.locator(".notes .cm-content").click()
    seat.page.keyboard.type("asks about scale")
    until(
        lambda: str(seat.page.locator(".notes .cm-content").inner_text()),
        lambda text: text.strip().endswith("asks about scale") and text[0].isdigit(),
    )

    seat.page.get_by_role("button", name="Shared").click()

    expect(seat.page.locator(".notes .cm-content")).not_to_contain_text("asks about scale")
    assert violations(seat.page) == {}
