"""Nothing shown as saved is lost: not offline, not by kill -9 in the middle of typing."""

import re

from playwright.sync_api import Browser, expect

from tests.e2e.seats import Seat, take_seat, until
from tests.e2e.server import Server

SAID_ON_EVERY_CHANGE = """() => {
    // What the page says is saved, at every moment it says so: the notes as they were then.
    window.savedNotes = [];
    const note = () => {
        const state = document.querySelector('[data-state]')?.dataset.state;
        const notes = document.querySelector('.cm-content');
        const isEmpty = notes === null || notes.querySelector('.cm-placeholder') !== null;
        if (state === 'saved' && !isEmpty) window.savedNotes.push(notes.innerText);
    };
    new MutationObserver(note).observe(document.body, {
        subtree: true, childList: true, attributes: true, attributeFilter: ['data-state'],
    });
}"""


def test_offline_edits_of_both_come_together(browser: Browser, server: Server) -> None:
    interviewer, candidate = _two(browser, server)
    interviewer.write_notes(1, "before\n")
    interviewer.wait_until_saved()

    candidate.cut_network()
    expect(candidate.save_state.first).to_have_attribute("data-state", "offline")
    candidate.insert("ranker")
    candidate.write_notes(1, "written offline\n")
    expect(candidate.save_state.first).to_contain_text(re.compile(r"Offline: \d+ changes? kept"))
    interviewer.write_notes(1, "written meanwhile\n")
    interviewer.insert("cache")
    interviewer.wait_until_saved()
    candidate.mend_network()
    candidate.wait_until_saved()

    for seat in (interviewer, candidate):
        expect(seat.card("Ranker")).to_be_visible()
        expect(seat.card("Cache")).to_be_visible()
    notes = interviewer.stored_notes(1)
    assert sorted(notes.split("\n")) == ["", "before", "written meanwhile", "written offline"]
    _leave(interviewer, candidate)


def test_offline_edits_survive_a_closed_tab(browser: Browser, server: Server) -> None:
    seat = _practising(browser, server)
    address = seat.page.url
    seat.cut_network()
    expect(seat.save_state.first).to_have_attribute("data-state", "offline")
    seat.insert("ranker")
    expect(seat.save_state.first).to_contain_text("kept here")

    seat.page.close(run_before_unload=False)
    seat.context.set_offline(False)
    seat.page = seat.context.new_page()
    seat.page.goto(address)
    seat.wait_until_saved()

    until(seat.stored_names, lambda names: names == {"Ranker"})
    _leave(seat)


def test_kill_9_in_the_middle_of_typing_loses_nothing_that_was_saved(
    browser: Browser, own_server: Server
) -> None:
    interviewer, candidate = _two(browser, own_server)
    candidate.go_to_step(1)
    candidate.tab("Notes")
    candidate.page.evaluate(SAID_ON_EVERY_CHANGE)
    candidate.notes.click()
    words = [f"word{number}" for number in range(60)]

    for number, word in enumerate(words):
        candidate.page.keyboard.type(f"{word} ")
        if number == 15:
            candidate.wait_until_saved()
        if number == 30:
            own_server.kill()
    saved = max(candidate.page.evaluate("window.savedNotes"), key=len)
    own_server.start()
    candidate.wait_until_saved()

    notes = until(lambda: interviewer.stored_notes(1), lambda text: words[-1] in text)
    assert notes.split() == words
    assert " ".join(words).startswith(saved.strip())
    assert interviewer.page.locator("[data-state]").count() > 0
    _leave(interviewer, candidate)


def test_what_was_saved_is_there_when_only_the_server_comes_back(
    browser: Browser, own_server: Server
) -> None:
    """The browser dies with the server: the log alone must hold what the page called saved."""
    seat = _practising(browser, own_server)
    seat.insert("client -> api gateway -> ranker : features")
    seat.wait_until_saved()
    address = seat.page.url

    own_server.kill()
    state = seat.context.storage_state()
    seat.context.close()
    own_server.start()
    back = take_seat(browser, own_server, storage_state=state)
    back.page.goto(address)
    back.wait_until_saved()

    expect(back.card("Ranker")).to_be_visible()
    assert len(back.document()["board"]["connections"]) == 2
    _leave(back)


def _two(browser: Browser, server: Server) -> tuple[Seat, Seat]:
    interviewer, candidate = take_seat(browser, server), take_seat(browser, server)
    interviewer.sign_in_to_demo()
    links = interviewer.open_interview()
    candidate.join(links["For the candidate"], "Priya")
    return interviewer, candidate


def _practising(browser: Browser, server: Server) -> Seat:
    seat = take_seat(browser, server)
    seat.page.goto(server.url)
    seat.page.get_by_role("button", name="Start a board").click()
    seat.wait_until_saved()
    return seat


def _leave(*seats: Seat) -> None:
    for seat in seats:
        seat.context.close()
