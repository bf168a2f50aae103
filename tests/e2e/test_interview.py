"""The whole job, by two people in two browsers, as the README's tour tells it."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

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


@pytest.fixture
def links(interviewer: Seat, candidate: Seat) -> dict[str, str]:
    """Both are on the board of a new interview."""
    links = interviewer.open_interview()
    candidate.join(links["For the candidate"], "Priya")
    return links


def test_a_stranger_starts_a_board_without_an_account(candidate: Seat) -> None:
    candidate.page.goto(candidate.server.url)

    candidate.page.get_by_role("button", name="Start a board").click()
    candidate.wait_until_saved()
    candidate.insert("ranker")

    expect(candidate.card("Ranker")).to_be_visible()
    candidate.wait_until_saved()
    candidate.page.goto(candidate.server.url)
    expect(candidate.page.locator(f"a[href*='{'/designs/'}']").first).to_be_visible()


@pytest.mark.usefixtures("links")
def test_each_sees_cursor_selection_and_name_of_the_other(
    interviewer: Seat, candidate: Seat
) -> None:
    candidate.insert("ranker")
    expect(interviewer.card("Ranker")).to_be_visible()

    candidate.card("Ranker").click()

    expect(interviewer.page.locator(".presence, .board").get_by_text("Priya").first).to_be_visible()
    expect(
        interviewer.page.get_by_role("group", name=re.compile("Here now.*Priya"))
    ).to_be_visible()
    expect(candidate.page.get_by_role("group", name=re.compile("Here now.*Tomás"))).to_be_visible()


@pytest.mark.usefixtures("links")
def test_both_draw_and_both_see_it(interviewer: Seat, candidate: Seat) -> None:
    candidate.insert("client -> api gateway -> ranker : features")
    interviewer.insert("event log")
    for seat in (interviewer, candidate):
        expect(seat.page.locator(".react-flow__node-components")).to_have_count(4)

    candidate.rename("Ranker", "Heavy ranker")
    interviewer.connect("Heavy ranker", "Event log", "Event", "impressions")

    expect(interviewer.card("Heavy ranker")).to_be_visible()
    board = until(
        lambda: candidate.document()["board"],
        lambda board: any(line["label"] == "impressions" for line in board["connections"]),
    )
    names = {item["id"]: item["name"] for item in board["components"]}
    lines = {
        (names[line["source"]], names[line["target"]]): (line["kind"], line["label"])
        for line in board["connections"]
    }
    assert lines[("Heavy ranker", "Event log")] == ("event", "impressions")
    assert len(lines) == 3


@pytest.mark.usefixtures("links")
def test_dragging_grouping_deleting_reach_the_other(interviewer: Seat, candidate: Seat) -> None:
    candidate.insert("ranker")
    candidate.insert("cache")
    candidate.wait_until_saved()
    before = _place(candidate, "Ranker")

    candidate.drag("Ranker", 120, 80)
    moved = until(lambda: _place(interviewer, "Ranker"), lambda place: place != before)
    candidate.select_all("Ranker", "Cache")
    candidate.page.keyboard.press("Control+g")
    groups = until(lambda: interviewer.document()["board"]["groups"], bool)
    candidate.page.keyboard.press("Escape")
    candidate.select("Cache")
    candidate.page.keyboard.press("Delete")

    assert moved[0] > before[0]
    assert len(groups) == 1
    expect(interviewer.card("Cache")).to_have_count(0)


@pytest.mark.usefixtures("links")
def test_undo_takes_back_only_ones_own_changes(interviewer: Seat, candidate: Seat) -> None:
    candidate.insert("ranker")
    expect(interviewer.card("Ranker")).to_be_visible()
    interviewer.insert("cache")
    expect(candidate.card("Cache")).to_be_visible()

    candidate.press("Control+z")

    expect(candidate.card("Ranker")).to_have_count(0)
    expect(interviewer.card("Ranker")).to_have_count(0)
    expect(interviewer.card("Cache")).to_be_visible()
    candidate.press("Control+z")
    expect(candidate.card("Cache")).to_be_visible()


@pytest.mark.usefixtures("links")
def test_both_write_notes_in_the_nine_steps_at_once(interviewer: Seat, candidate: Seat) -> None:
    for step in range(1, 10):
        candidate.write_notes(step, f"candidate on step {step}\n")
        interviewer.write_notes(step, f"interviewer on step {step}\n")
    for seat in (interviewer, candidate):
        seat.wait_until_saved()

    for step in range(1, 10):
        notes = until(
            lambda step=step: interviewer.stored_notes(step),  # type: ignore[misc]
            lambda text: text.count("\n") == 2,
        )
        assert set(notes.splitlines()) == {
            f"candidate on step {step}",
            f"interviewer on step {step}",
        }


@pytest.mark.usefixtures("links")
def test_the_diagram_follows_the_board_and_downloads(interviewer: Seat) -> None:
    interviewer.tab("Diagram")
    diagram = interviewer.page.get_by_label("Diagram of the board").locator("svg").first

    interviewer.insert("client -> api gateway -> ranker : features")

    expect(diagram).to_contain_text("features")
    expect(diagram.locator("image").first).to_be_attached()
    starts = {"SVG": b"<svg", "PNG": b"\x89PNG", "PDF": b"%PDF"}
    for kind, start in starts.items():
        interviewer.page.get_by_role("button", name="Download").click()
        with interviewer.page.expect_download() as download:
            interviewer.page.get_by_role("menuitem", name=re.compile(kind)).click()
        body = download.value.path().read_bytes()
        assert body.startswith(start), body[:20]
        assert download.value.suggested_filename.endswith(kind.lower())


@pytest.mark.usefixtures("links")
def test_tidy_lays_out_in_one_step_that_can_be_undone(interviewer: Seat) -> None:
    interviewer.insert("client -> api gateway -> ranker")
    interviewer.drag("Ranker", -150, 220)
    interviewer.wait_until_saved()
    before = _places(interviewer)

    interviewer.press("Alt+t")
    tidy = until(lambda: _places(interviewer), lambda places: places != before)
    interviewer.wait_until_saved()
    interviewer.press("Control+z")

    until(lambda: _places(interviewer), lambda places: places == before)
    assert tidy["API gateway"][0] > tidy["Client"][0]


def test_score_arrives_step_by_step_and_its_quotes_lead_to_their_place(
    interviewer: Seat,
) -> None:
    interviewer.open_practice()
    messages: list[str] = []
    interviewer.page.on(
        "websocket", lambda ws: ws.on("framereceived", lambda frame: messages.append(str(frame)))
    )
    interviewer.page.reload()
    interviewer.wait_until_saved()
    interviewer.write_notes(1, "\nThe goal: viewers finish a title they like, 200 ms at p95.\n")
    interviewer.wait_until_saved()

    interviewer.tab("Score")
    interviewer.page.get_by_role("button", name="Get feedback").first.click()

    quote = interviewer.page.get_by_role(
        "button", name=re.compile("Notes ?: show this place")
    ).first
    expect(quote).to_be_visible()
    expect(interviewer.page.get_by_text("The score is ready.")).to_be_attached()
    assert len(_progress(messages)) == 9
    quoted = quote.locator("xpath=ancestor::blockquote").inner_text().split("”")[0].strip(" “\n")
    quote.click()
    expect(interviewer.notes).to_be_visible()
    until(lambda: interviewer.page.evaluate("String(getSelection())"), lambda text: text == quoted)


def test_the_session_is_listed_with_a_picture_and_opens_as_it_was(
    interviewer: Seat, candidate: Seat, links: dict[str, str], browser: Browser
) -> None:
    interviewer.insert("client -> api gateway -> ranker")
    interviewer.write_notes(2, "nDCG at 10")
    interviewer.wait_until_saved()
    design_id = interviewer.design_id

    interviewer.page.goto(interviewer.server.url)
    picture = interviewer.page.locator(f"a[href*='{design_id}'] img.only-light")
    until(lambda: _reloaded(interviewer) and picture.count(), bool)  # lists follow a moment later
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    interviewer.page.goto(f"{interviewer.server.url}/designs/{design_id}/")
    interviewer.wait_until_saved()
    expect(interviewer.card("Ranker")).to_be_visible()
    interviewer.go_to_step(2)
    expect(interviewer.notes).to_contain_text("nDCG at 10")

    viewer = take_seat(browser, interviewer.server)
    viewer.page.goto(_read_only_link(interviewer))
    viewer.wait_until_saved()
    expect(viewer.card("Ranker")).to_be_visible()
    assert "/j/" not in viewer.page.url
    viewer.press("/")
    expect(viewer.page.get_by_label("Component to insert")).to_have_count(0)
    viewer.context.close()
    assert links.keys() >= {"For the candidate"}
    assert candidate.design_id == design_id


def test_a_revoked_link_closes_the_board(
    interviewer: Seat, candidate: Seat, links: dict[str, str]
) -> None:
    interviewer.page.get_by_role("button", name="Share", exact=True).click()

    interviewer.page.get_by_role("button", name="Revoke the Candidate link").click()

    expect(candidate.save_state.first).to_have_attribute("data-state", "closed")
    candidate.page.goto(links["For the candidate"])
    assert not candidate.page.url.endswith(f"/designs/{interviewer.design_id}/")


def _reloaded(seat: Seat) -> bool:
    seat.page.reload()
    return True


def _read_only_link(seat: Seat) -> str:
    seat.page.get_by_role("button", name="Share", exact=True).click()
    seat.page.get_by_label("A link for").select_option(label="Read only")
    seat.page.get_by_role("button", name="Make link").click()
    return seat.page.get_by_label(re.compile("Address of the Read only link")).input_value()


def _places(seat: Seat) -> dict[str, tuple[float, float]]:
    components = seat.document()["board"]["components"]
    return {item["name"]: (item["x"], item["y"]) for item in components}


def _place(seat: Seat, name: str) -> tuple[float, float]:
    return _places(seat)[name]


def _progress(messages: list[str]) -> set[str]:
    """The steps of which a result arrived over the events socket."""
    events = [json.loads(message) for message in messages if message.startswith("{")]
    return {event["step"] for event in events if event["type"] == "score.progress"}


@pytest.mark.usefixtures("links")
def test_the_flow_is_switched_and_back_without_losing_a_word(
    interviewer: Seat, candidate: Seat
) -> None:
    candidate.write_notes(1, "Asked whether a rule would do. Told yes.")
    expect(candidate.page.get_by_role("button", name="Switch the flow")).to_have_count(0)

    interviewer.page.get_by_role("button", name="Switch the flow").click()
    interviewer.page.get_by_role("button", name="Go on with System design").click()

    use_cases = candidate.page.get_by_role("button", name="Use cases and constraints")
    expect(use_cases).to_be_visible()
    candidate.write_notes(1, "Drivers pay by phone.")
    earlier = interviewer.page.get_by_text("Notes of the earlier flow")
    earlier.click()
    expect(interviewer.page.get_by_text("Told yes.")).to_be_visible()

    interviewer.page.get_by_role("button", name="Switch the flow").click()
    interviewer.page.get_by_role("button", name="Go on with ML").click()

    expect(use_cases).to_have_count(0)
    expect(candidate.notes).to_contain_text("Told yes.")
    expect(earlier).to_be_visible()
