"""A board's moments get names, come back, and become boards of their own."""

import re

from playwright.sync_api import Browser, Locator, expect

from tests.e2e.seats import Seat, take_seat, until
from tests.e2e.server import Server


def test_a_version_is_kept_restored_undone_and_copied(browser: Browser, server: Server) -> None:
    seat = take_seat(browser, server)
    seat.sign_in_to_demo()
    seat.open_practice()
    seat.insert("client -> api gateway : features")
    seat.write_notes(1, "Rank for watch time.")
    seat.wait_until_saved()
    early = seat.stored_names()

    keep(seat, "First sketch")
    seat.insert("cache")
    seat.write_notes(1, " And freshness.")
    seat.wait_until_saved()
    dialog = open_versions(seat)
    dialog.get_by_role("heading").click()
    seat.page.keyboard.press("Delete")  # the new card is selected, but the dialog has the keyboard
    dialog.get_by_role("button", name="Restore").click()
    shown = seat.page.get_by_role("dialog", name="Restore “First sketch”")
    expect(shown.get_by_text("Cache")).to_be_visible()
    expect(shown.get_by_text("Step 1, Problem formulation")).to_be_visible()
    shown.get_by_role("button", name="Restore").click()

    until(seat.stored_names, lambda names: names == early)
    until(lambda: seat.stored_notes(1), lambda text: text == "Rank for watch time.")
    seat.press("Control+z")
    until(seat.stored_names, lambda names: len(names) == len(early) + 1)
    dialog = open_versions(seat)
    expect(dialog.get_by_role("listitem")).to_have_count(2)

    dialog.get_by_role("listitem").last.get_by_role("button", name="Copy").click()
    expect(seat.page.get_by_text("a copy of Video recommendation")).to_be_visible()
    seat.wait_until_saved()
    assert seat.stored_names() == early
    seat.context.close()


def test_who_holds_a_link_makes_a_board_of_their_own(browser: Browser, server: Server) -> None:
    owner, visitor = take_seat(browser, server), take_seat(browser, server)
    owner.sign_in_to_demo()
    owner.open_practice()
    owner.insert("ranker")
    owner.wait_until_saved()
    link = owner.request("POST", "links", {"role": "observer"})["body"]["url"]

    visitor.page.goto(link)
    open_menu(visitor).get_by_role("menuitem", name="Make a copy").click()
    expect(visitor.page.get_by_text("a copy of Video recommendation")).to_be_visible()
    visitor.insert("cache")
    visitor.wait_until_saved()

    assert {"Ranker", "Cache"} <= visitor.stored_names()
    assert "Cache" not in owner.stored_names()
    for seat in (owner, visitor):
        seat.context.close()


def open_menu(seat: Seat) -> Locator:
    seat.page.get_by_role("button", name=re.compile("^More")).click()
    return seat.page.get_by_role("menu")


def open_versions(seat: Seat) -> Locator:
    open_menu(seat).get_by_role("menuitem", name="Versions").click()
    return seat.page.get_by_role("dialog", name="Versions")


def keep(seat: Seat, name: str) -> None:
    dialog = open_versions(seat)
    dialog.get_by_label("Name the design as it is now").fill(name)
    dialog.get_by_role("button", name="Keep").click()
    expect(dialog.get_by_text(name)).to_be_visible()
    seat.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
