"""The lobby, and a clock that is right to the second whatever a browser believes."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.e2e.seats import Seat, take_seat, until
from tests.e2e.server import Server


@pytest.fixture
def interviewer(browser: Browser, server: Server) -> Iterator[Seat]:
    seat = take_seat(browser, server)
    seat.sign_in_to_demo()
    yield seat
    seat.context.close()


@pytest.fixture
def candidate(browser: Browser, server: Server) -> Iterator[Seat]:
    seat = take_seat(browser, server)
    yield seat
    seat.context.close()


def test_candidate_waits_until_admitted_and_moves_on_by_themselves(
    interviewer: Seat, candidate: Seat
) -> None:
    links = interviewer.set_up_interview()
    _wait_in_the_lobby(candidate, links)
    board = candidate.page.url.replace("/lobby", "/")

    candidate.page.goto(board)
    expect(candidate.page).to_have_url(re.compile("/lobby$"))
    assert _socket_is_refused(candidate, "board")

    interviewer.page.get_by_role("button", name="Admit Priya").click()

    candidate.page.wait_for_url(board)
    candidate.wait_until_saved()
    expect(_clock(candidate.page)).to_have_count(0)  # the clock has not started


def test_prepared_board_is_unseen_until_the_start(interviewer: Seat, candidate: Seat) -> None:
    links = interviewer.set_up_interview()
    interviewer.page.get_by_role("link", name="Prepare the board unseen").click()
    interviewer.wait_until_saved()
    interviewer.insert("ranker")
    interviewer.wait_until_saved()
    _wait_in_the_lobby(candidate, links)

    interviewer.page.get_by_role("button", name="Start", exact=True).click()

    candidate.page.wait_for_url(re.compile(r"/designs/[^/]+/$"))
    expect(candidate.card("Ranker")).to_be_visible()
    expect(_clock(candidate.page)).to_be_visible()


@pytest.mark.parametrize("days", [-1, 1])
def test_browser_clock_off_by_a_day_changes_nothing(
    interviewer: Seat, candidate: Seat, days: int
) -> None:
    candidate.page.clock.install(time=datetime.now(UTC) + timedelta(days=days))
    links = interviewer.open_interview()
    candidate.join(links["For the candidate"], "Priya")

    _agrees_with_the_server(interviewer)
    _agrees_with_the_server(candidate)


def test_suspended_laptop_is_right_again_after_its_sleep(interviewer: Seat) -> None:
    interviewer.page.clock.install()
    interviewer.open_interview()
    _agrees_with_the_server(interviewer)

    # Asleep: no timer of the page runs. The server's clock goes on.
    interviewer.page.clock.pause_at(datetime.now(UTC) + timedelta(seconds=1))
    asleep_at = _elapsed_s(interviewer)
    until(lambda: _elapsed_s(interviewer), lambda now: now > asleep_at + 4)
    interviewer.page.clock.set_system_time(datetime.now(UTC))
    interviewer.page.clock.resume()

    _agrees_with_the_server(interviewer)


def test_restart_of_the_server_loses_no_second(browser: Browser, own_server: Server) -> None:
    interviewer = take_seat(browser, own_server)
    interviewer.sign_in_to_demo()
    interviewer.open_interview()
    before = _elapsed_s(interviewer)

    own_server.kill()
    own_server.start()
    interviewer.wait_until_saved()

    assert _elapsed_s(interviewer) > before
    _agrees_with_the_server(interviewer)
    interviewer.context.close()


def test_pause_stands_still_for_everybody_and_time_is_given(
    interviewer: Seat, candidate: Seat
) -> None:
    links = interviewer.open_interview()
    candidate.join(links["For the candidate"], "Priya")

    interviewer.page.keyboard.press("Alt+Shift+P")

    expect(candidate.page.get_by_text("The clock is paused.")).to_be_visible()
    stands_at = _elapsed_s(interviewer)
    _run(interviewer, "Give 5 minutes more")
    for seat in (interviewer, candidate):
        expect(seat.page.locator(".clock .of")).to_have_text("paused, of 50:00")
    assert _elapsed_s(interviewer) == stands_at
    _agrees_with_the_server(candidate)


def test_two_interviewers_at_once_start_one_clock(
    interviewer: Seat, browser: Browser, server: Server
) -> None:
    links = interviewer.set_up_interview()
    lobby = interviewer.page.url
    colleague = take_seat(browser, server)
    colleague.join(links["For interviewers"], "Anneke")
    colleague.page.goto(lobby)
    # The colleague presses before the other's press has been seen there.
    colleague.page.route(lobby, _refuse_refreshing)

    interviewer.start_the_clock()
    colleague.start_the_clock()

    started = {_play(seat)["started_at"] for seat in (interviewer, colleague)}
    assert len(started) == 1
    _agrees_with_the_server(interviewer)
    _agrees_with_the_server(colleague)
    colleague.context.close()


def test_steps_are_played_skipped_and_weighed(interviewer: Seat, candidate: Seat) -> None:
    links = interviewer.open_interview()
    candidate.join(links["For the candidate"], "Priya")
    keys = interviewer.page.keyboard

    interviewer.go_to_step(4)
    keys.press("Alt+Shift+W")
    keys.press("Alt+Shift+D")

    expect(_step(candidate, 4)).to_contain_text("Deep dive")
    expect(
        interviewer.page.get_by_text(re.compile("Counts twice, .* % of the total"))
    ).to_be_visible()
    candidate.go_to_step(8)
    candidate.page.get_by_role("button", name="Step 8", exact=True).click()
    candidate.page.get_by_role("menuitem", name="Skip this step").click()
    expect(_step(interviewer, 8)).to_contain_text("Skipped by candidate")
    expect(candidate.page.get_by_text("of the total")).to_have_count(0)


def test_frozen_candidate_looks_on_and_edits_again(interviewer: Seat, candidate: Seat) -> None:
    links = interviewer.open_interview()
    candidate.join(links["For the candidate"], "Priya")

    _run(interviewer, "Freeze the candidate's editing")

    expect(candidate.page.get_by_text("Editing is paused for a moment.")).to_be_visible()
    expect(candidate.save_state.first).to_have_text(re.compile("Read only"))
    interviewer.page.get_by_role("button", name="Unfreeze").click()
    expect(candidate.page.get_by_text("Editing is paused for a moment.")).to_have_count(0)
    candidate.insert("ranker")
    expect(interviewer.card("Ranker")).to_be_visible()


def test_thinking_twist_and_answer_reach_the_candidate(interviewer: Seat, candidate: Seat) -> None:
    links = interviewer.open_interview()
    candidate.join(links["For the candidate"], "Priya")

    _run(interviewer, "Time to think, 2 min")
    expect(candidate.page.get_by_text("Nobody asks anything.")).to_be_visible()
    interviewer.tab("Guide")
    interviewer.page.get_by_role("heading", name="Answers, when asked").click()
    interviewer.page.get_by_role("button", name=re.compile("^Reveal: ")).first.click()
    interviewer.page.get_by_role("heading", name="Twists").click()
    interviewer.page.get_by_role("button", name=re.compile("^Play: ")).first.click()

    card = candidate.page.get_by_role("region", name=re.compile("^A twist: "))
    expect(card).to_be_visible()
    card.get_by_role("button", name=re.compile("Put away")).click()
    expect(card).to_have_count(0)
    candidate.tab("Guide")
    expect(candidate.page.get_by_role("heading", name="Twists")).to_be_visible()
    expect(candidate.page.get_by_role("heading", name="You asked")).to_be_visible()
    assert _play(candidate)["twists"][0].keys() == {"index", "title", "text", "played_at"}


def test_hidden_clock_stays_hidden_in_this_browser(interviewer: Seat, candidate: Seat) -> None:
    links = interviewer.open_interview()
    candidate.join(links["For the candidate"], "Priya")

    candidate.page.get_by_role("button", name="Hide the clock").click()
    candidate.page.reload()
    candidate.wait_until_saved()

    expect(candidate.page.get_by_role("button", name="Show the clock")).to_be_visible()
    expect(candidate.page.get_by_text(re.compile("min planned"))).to_have_count(0)


def test_candidate_without_a_clock_is_sent_no_times(interviewer: Seat, candidate: Seat) -> None:
    links = interviewer.set_up_interview()
    interviewer.page.get_by_label("No clock").check()
    interviewer.page.get_by_role("button", name="Keep").click()
    _wait_in_the_lobby(candidate, links)
    expect(candidate.page.get_by_text(re.compile(r"\d+ minutes"))).to_have_count(0)

    interviewer.start_the_clock()
    candidate.page.wait_for_url(re.compile(r"/designs/[^/]+/$"))
    candidate.wait_until_saved()

    expect(_clock(interviewer.page)).to_be_visible()
    expect(_clock(candidate.page)).to_have_count(0)
    assert not {"elapsed_s", "planned_s", "started_at"} & _play(candidate).keys()


def test_ended_interview_is_reopened_with_a_reason_only(interviewer: Seat, candidate: Seat) -> None:
    links = interviewer.open_interview()
    candidate.join(links["For the candidate"], "Priya")

    _run(interviewer, "End the interview")
    interviewer.page.get_by_role("button", name="End session").click()
    for seat in (interviewer, candidate):
        expect(seat.page.get_by_text("This interview has ended.")).to_be_visible()
    expect(candidate.page.get_by_role("button", name="Reopen")).to_have_count(0)

    interviewer.page.get_by_role("button", name="Reopen").click()
    dialog = interviewer.page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Reopen", exact=True)).to_be_disabled()
    dialog.get_by_label("Why it is opened again").fill("The network was away.")
    dialog.get_by_role("button", name="Reopen", exact=True).click()

    expect(candidate.page.get_by_text("The clock is paused.")).to_be_visible()
    candidate.insert("ranker")
    expect(interviewer.card("Ranker")).to_be_visible()


def _refuse_refreshing(route: Route) -> None:
    if route.request.resource_type == "fetch":
        route.abort()
    else:
        route.continue_()


def _wait_in_the_lobby(seat: Seat, links: dict[str, str]) -> None:
    seat.come_in(links["For the candidate"], "Priya")
    expect(seat.page.get_by_text("Waiting for Tomás")).to_be_visible()


def _socket_is_refused(seat: Seat, name: str) -> bool:
    design = re.search(r"/designs/([0-9a-f-]{36})", seat.page.url)
    assert design
    refused: bool = seat.page.evaluate(
        """path => new Promise(settle => {
            const socket = new WebSocket(`ws://${location.host}${path}`);
            socket.onmessage = () => settle(false);
            socket.onclose = () => settle(true);
        })""",
        f"/ws/designs/{design[1]}/{name}",
    )
    return refused


def _clock(page: Page) -> Locator:
    return page.locator(".clock").get_by_role("timer")


def _step(seat: Seat, number: int) -> Locator:
    return seat.page.locator(".rail .step").nth(number - 1)


def _run(seat: Seat, command: str) -> None:
    seat.page.get_by_role("button", name="Run the interview").click()
    seat.page.get_by_role("menuitem", name=re.compile(command)).click()


def _play(seat: Seat) -> dict[str, Any]:
    answer = seat.context.request.get(
        f"{seat.server.url}/api/v1/designs/{seat.design_id}/interview"
    )
    assert answer.ok, answer.text()
    play: dict[str, Any] = answer.json()
    return play


def _elapsed_s(seat: Seat) -> float:
    return float(_play(seat)["elapsed_s"])


def _agrees_with_the_server(seat: Seat) -> None:
    """What the page shows lies between what the server says before and after, to the second."""

    def difference_s() -> float:
        before = _elapsed_s(seat)
        minutes, seconds = _clock(seat.page).inner_text().split(":")
        shown = 60 * int(minutes) + int(seconds)
        after = _elapsed_s(seat)
        return max(int(before) - shown, shown - int(after), 0)

    until(difference_s, lambda seconds: seconds == 0)
