"""What the server does not take is kept and shown; the person puts it back, or lets it go."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, expect

from tests.e2e.seats import Seat, take_seat, until
from tests.e2e.server import Server

DATABASE = "*.sqlite3*"
COMES_BACK_MS = 30_000


def test_what_was_edited_offline_outlives_the_end_of_the_session(
    browser: Browser, server: Server, tmp_path: Path
) -> None:
    interviewer, candidate = take_seat(browser, server), take_seat(browser, server)
    interviewer.sign_in_to_demo()
    links = interviewer.open_interview()
    candidate.join(links["For the candidate"], "Priya")
    candidate.insert("cache")
    candidate.wait_until_saved()

    candidate.cut_network()
    candidate.insert("ranker")
    candidate.write_notes(1, "too late, but not lost\n")
    expect(candidate.save_state.first).to_contain_text(re.compile(r"Offline: \d+ changes? kept"))
    _end(interviewer)
    candidate.mend_network()

    banner = candidate.page.get_by_text("2 of your changes are not in this design")
    expect(banner).to_be_visible(timeout=COMES_BACK_MS)
    expect(candidate.card("Cache")).to_be_visible()
    expect(candidate.card("Ranker")).not_to_be_visible()
    dialog = _look(candidate)
    expect(dialog).to_contain_text("Ranker")
    expect(dialog).to_contain_text("too late, but not lost")
    expect(dialog.get_by_role("button", name="Put back")).to_have_count(0)
    file = _download(candidate, dialog, tmp_path)
    names = {card["name"] for card in file["board"]["components"]}
    assert (names, file["steps"][0]["notes"]) == ({"Cache", "Ranker"}, "too late, but not lost\n")

    candidate.page.reload()
    expect(banner).to_be_visible()
    _discard(_look(candidate))
    expect(banner).not_to_be_visible()
    candidate.page.reload()
    candidate.wait_until_saved()
    expect(banner).not_to_be_visible()
    assert interviewer.stored_names() == {"Cache"}
    for seat in (interviewer, candidate):
        seat.context.close()


def test_a_kept_copy_can_be_imported(browser: Browser, own_server: Server, tmp_path: Path) -> None:
    seat = _practising(browser, own_server)
    seat.insert("client -> api gateway -> ranker : features")
    seat.wait_until_saved()
    before = _restore_point(own_server)
    seat.insert("cache")
    seat.wait_until_saved()
    _restore(own_server, before)

    path = tmp_path / "copy.json"
    path.write_text(json.dumps(_download(seat, _look(seat), tmp_path)))

    assert "kept copy" in own_server.manage("import_design", str(path))
    seat.context.close()


def test_a_restored_backup_under_live_tabs(browser: Browser, own_server: Server) -> None:
    """Nothing doubles, nothing is erased, and the person puts the lost card back."""
    seat = _practising(browser, own_server)
    seat.insert("cache")
    seat.write_notes(1, "in the backup\n")
    seat.wait_until_saved()
    before = _restore_point(own_server)
    seat.insert("ranker")
    seat.write_notes(1, "after the backup\n")
    seat.wait_until_saved()

    _restore(own_server, before)

    banner = seat.page.get_by_text("2 of your changes are not in this design")
    expect(banner).to_be_visible(timeout=COMES_BACK_MS)
    seat.wait_until_saved()
    assert (seat.stored_names(), seat.stored_notes(1)) == ({"Cache"}, "in the backup\n")
    _look(seat).get_by_role("button", name="Put back 2").click()

    expect(seat.card("Ranker")).to_have_count(1)
    expect(banner).not_to_be_visible()
    until(seat.stored_names, lambda names: names == {"Cache", "Ranker"})
    until(lambda: seat.stored_notes(1), lambda text: text == "in the backup\nafter the backup\n")
    assert len(seat.document()["board"]["components"]) == 2
    seat.context.close()


def _practising(browser: Browser, server: Server) -> Seat:
    seat = take_seat(browser, server)
    seat.page.goto(server.url)
    seat.page.get_by_role("button", name="Start a board").click()
    seat.wait_until_saved()
    return seat


def _end(seat: Seat) -> None:
    seat.page.get_by_role("button", name="More").click()
    seat.page.get_by_role("menuitem", name="End the session").click()
    seat.page.get_by_role("button", name="End session").click()
    expect(seat.page.get_by_text(re.compile("This (session|interview) has ended"))).to_be_visible()


def _look(seat: Seat) -> Locator:
    seat.page.get_by_role("button", name="Look at them").click()
    dialog = seat.page.get_by_role("dialog", name="Changes kept in this browser")
    expect(dialog).to_be_visible()
    return dialog


def _download(seat: Seat, dialog: Locator, folder: Path) -> dict[str, Any]:
    with seat.page.expect_download() as started:
        dialog.get_by_role("button", name="Download").click()
    path = folder / started.value.suggested_filename
    started.value.save_as(path)
    file: dict[str, Any] = json.loads(path.read_text())
    return file


def _discard(dialog: Locator) -> None:
    dialog.get_by_role("button", name="Discard").click()
    dialog.get_by_role("button", name="Discard the copy").click()


def _restore_point(server: Server) -> Path:
    """A backup as operators make one: stop, copy the database, start."""
    server.stop()
    backup = server.data / "backup"
    backup.mkdir()
    _copy_database(server.data, backup)
    server.start()
    return backup


def _restore(server: Server, backup: Path) -> None:
    server.stop()
    for old in server.data.glob(DATABASE):
        old.unlink()
    _copy_database(backup, server.data)
    server.start()


def _copy_database(source: Path, target: Path) -> None:
    for file in source.glob(DATABASE):
        shutil.copy2(file, target / file.name)
