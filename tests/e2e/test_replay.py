"""A session is played again: forth and back, by pointer and keys, for each what they may see."""

import base64
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.axe import violations
from tests.e2e.seats import Seat, take_seat, until
from tests.e2e.server import Server

CALM: dict[str, Any] = {"reduced_motion": "reduce"}  # does not begin to play by itself
CANARY = "canary-4d2f"
RECORDED = "Semantic search in the help centre"


@pytest.fixture
def seat(browser: Browser, server: Server) -> Iterator[Seat]:
    """The owner of the demo's finished interview, with its replay open."""
    seat = take_seat(browser, server, **CALM)
    open_recorded(seat)
    yield seat
    seat.context.close()


def open_recorded(seat: Seat) -> None:
    seat.sign_in_to_demo()
    # Other tests fill the first page of the list.
    seat.page.goto(f"{seat.server.url}/?q={quote(RECORDED)}")
    seat.page.get_by_role("link", name=f"Replay {RECORDED}").click()
    expect(slider(seat.page)).to_have_attribute("aria-valuemax", re.compile(r"^[1-9]\d\d"))


def slider(page: Page) -> Locator:
    return page.get_by_role("slider", name="Position in the session")


def to_end(page: Page) -> None:
    """Once there is something to play."""
    expect(slider(page)).to_have_attribute("aria-valuemax", re.compile("[1-9]"))
    slider(page).press("End")


def place(page: Page) -> int:
    """Seconds of the session."""
    return int(slider(page).get_attribute("aria-valuenow") or 0)


def names(seat: Seat) -> set[str]:
    return set(seat.page.locator(".react-flow__node-components b").all_inner_texts())


def test_board_and_notes_go_forth_and_back(seat: Seat) -> None:
    keys = seat.page.keyboard
    expect(seat.page.get_by_text("Nothing on the board")).to_be_visible()

    keys.press("End")
    seat.board.press("Shift+1")
    whole = until(lambda: names(seat), lambda found: len(found) > 10)
    expect(slider(seat.page)).to_have_attribute("aria-valuetext", re.compile(r"^(.+) of \1$"))
    seat.page.get_by_label("Notes of").select_option(label="1 Problem formulation")
    expect(seat.notes).to_contain_text("help")

    slider(seat.page).press("Home")
    expect(seat.page.get_by_text("Nothing on the board")).to_be_visible()
    expect(seat.notes).not_to_contain_text("help")

    slider(seat.page).press("End")
    until(lambda: names(seat), lambda found: found == whole)


def test_it_plays_and_stops(seat: Seat) -> None:
    seat.page.get_by_role("button", name="16×", exact=True).click()
    seat.page.get_by_role("button", name="Play", exact=True).click()
    until(lambda: place(seat.page), lambda second: second > 30)
    seat.page.locator("body").press(" ")

    expect(seat.page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    assert 30 < place(seat.page) < int(slider(seat.page).get_attribute("aria-valuemax") or 0)


def test_pointer_and_keys_move_along_the_track(seat: Seat) -> None:
    track = slider(seat.page)
    box = track.bounding_box()
    assert box

    seat.page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + box["height"] - 4)
    seat.page.mouse.down()
    seat.page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] - 4, steps=5)
    seat.page.mouse.up()
    dragged = place(seat.page)
    track.press("ArrowLeft")
    back = until(lambda: place(seat.page), lambda second: second < dragged)
    track.press("Shift+ArrowRight")
    until(lambda: place(seat.page), lambda second: second > back)

    assert dragged > 60


def test_markers_lead_to_steps_and_scores(seat: Seat) -> None:
    seat.page.get_by_role("button", name="Go to Step 4, Data collection and preparation").click()
    expect(seat.page.locator(".rp-now")).to_contain_text("notes 4")

    seat.tab("Markers")
    panel = seat.page.get_by_role("tabpanel")
    expect(panel.get_by_role("button", name=re.compile("Step 4"))).to_have_attribute(
        "aria-current", "true"
    )
    panel.get_by_role("button", name=re.compile("Score")).click()

    expect(slider(seat.page)).to_have_attribute("aria-valuetext", re.compile(r"^(.+) of \1$"))


def test_one_person_can_be_followed(seat: Seat) -> None:
    slider(seat.page).press("End")
    seat.tab("Who did what")
    kofi = seat.page.get_by_role("tabpanel").get_by_role("listitem")
    kofi.filter(has=seat.page.get_by_role("img", name="Kofi Mensah")).last.click()
    expect(seat.page.locator(".rsel").first).to_have_text("Kofi Mensah")

    seat.page.get_by_role("button", name="Follow everybody").click()
    seat.page.get_by_role("menuitem", name="Jonas Lindholm").click()
    expect(seat.page.get_by_role("button", name="Follow Jonas Lindholm")).to_be_visible()

    expect(seat.page.locator(".rsel", has_text="Kofi Mensah")).to_have_count(0)


def test_idle_time_is_skipped_or_not_at_the_same_moment(seat: Seat) -> None:
    slider(seat.page).press("PageUp")
    before = place(seat.page)

    seat.page.get_by_role("switch", name=re.compile("Skip idle time")).click()

    expect(seat.page.get_by_role("switch")).to_have_attribute("aria-checked", "false")
    assert place(seat.page) == before


@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing(browser: Browser, server: Server, width: int) -> None:
    size = {"width": width, "height": 844}
    seat = take_seat(browser, server, viewport=size, bypass_csp=True, **CALM)
    open_recorded(seat)
    slider(seat.page).press("End")

    assert violations(seat.page) == {}
    for name in ("Who did what", "Markers", "Notes"):
        role = "tab" if width > 720 else "button"
        seat.page.get_by_role(role, name=name, exact=True).click()  # type: ignore[arg-type]
        assert violations(seat.page) == {}, name
    wide = seat.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width
    seat.context.close()


def test_it_begins_to_play_by_itself(browser: Browser, server: Server) -> None:
    seat = take_seat(browser, server)
    open_recorded(seat)

    expect(seat.page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    until(lambda: place(seat.page), lambda second: second > 0)
    seat.context.close()


def test_a_session_that_goes_on(browser: Browser, server: Server) -> None:
    """Nothing to play yet; then newer changes; then a guest who sees nothing that was deleted."""
    owner, guest = take_seat(browser, server, **CALM), take_seat(browser, server, **CALM)
    owner.sign_in_to_demo()
    links = owner.open_interview()
    address = f"{server.url}/designs/{owner.design_id}/replay"
    replay = owner.context.new_page()
    replay.goto(address)
    expect(replay.get_by_text("Nothing has happened in this session yet")).to_be_visible()

    owner.write_notes(1, "")
    owner.page.keyboard.insert_text(CANARY)
    owner.wait_until_saved()
    owner.page.keyboard.press("Control+a")
    owner.page.keyboard.press("Backspace")
    owner.page.keyboard.insert_text("This stays.")
    owner.wait_until_saved()
    load = replay.get_by_role("button", name="Load", exact=True)
    load.click()
    to_end(replay)
    expect(replay.locator(".cm-content")).to_have_text("This stays.")

    guest.join(links["For the candidate"], "Priya")
    guest.page.goto(address)
    expect(guest.page.get_by_text("without what was deleted")).to_be_visible()
    to_end(guest.page)
    expect(guest.page.locator(".cm-content")).to_have_text("This stays.")
    assert CANARY.encode() in received(owner, owner.design_id)
    assert b"This stays." in received(guest, owner.design_id)
    assert CANARY.encode() not in received(guest, owner.design_id)
    owner.context.close()
    guest.context.close()


def received(seat: Seat, design_id: str) -> bytes:
    """What the server sends of the session, as sent and decoded."""
    address = f"{seat.server.url}/api/v1/designs/{design_id}/replay?limit=2000"
    answer = seat.context.request.get(address)
    rows = answer.json()["rows"]
    return b"".join([answer.body(), *(base64.b64decode(row["update"]) for row in rows)])
