"""Pictures every screen: desktop light, desktop dark, 390 px wide. `make screenshots` runs it.

python -m tests.e2e.screenshots FOLDER
"""

import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import expect, sync_playwright

from tests.e2e import chromium
from tests.e2e.seats import Seat, take_seat
from tests.e2e.server import ROOT, Server

LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "narrow-light": {"color_scheme": "light", "viewport": {"width": 390, "height": 844}},
    "narrow-dark": {"color_scheme": "dark", "viewport": {"width": 390, "height": 844}},
}
WORKED = re.compile("Video recommendation.*Priya")


@dataclass(frozen=True)
class Album:
    """Where the pictures of one look go."""

    folder: Path
    look: str

    def take(self, seat: Seat, name: str) -> None:
        seat.page.wait_for_load_state("networkidle")
        seat.page.screenshot(path=self.folder / f"{name}-{self.look}.png")


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with _server() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.program(), args=chromium.FLAGS
        )
        for look, options in LOOKS.items():
            album = Album(folder, look)
            for picture in (_pages, _session, _replay, _candidate):
                seat = take_seat(browser, server, **options)
                picture(seat, album)
                seat.context.close()
        browser.close()
    _renew_shown_pictures(folder)


def _pages(seat: Seat, album: Album) -> None:
    for name, path in {
        "landing": "/",
        "problems": "/problems",
        "handbook-flow": "/handbook/flows/ml-9-step",
        "handbook-rubric": "/handbook/rubrics/ml-9-step",
        "handbook-components": "/handbook/components",
        "sign-in": "/accounts/login/",
        "sign-up": "/accounts/signup/",
        "not-found": "/nowhere",
    }.items():
        seat.page.goto(f"{seat.server.url}{path}")
        album.take(seat, name)
    seat.sign_in_to_demo()
    album.take(seat, "home")
    for name, path in {
        "problem": "/problems/rec-video",
        "reference": "/problems/rec-video/reference",
        "answer": "/problems/rec-video/answers/level-3",
        "write": "/write",
    }.items():
        seat.page.goto(f"{seat.server.url}{path}")
        album.take(seat, name)
    seat.page.goto(f"{seat.server.url}/new")
    album.take(seat, "new-session")
    seat.page.get_by_role("button", name="Create").click()
    album.take(seat, "lobby")


def _session(seat: Seat, album: Album) -> None:
    seat.sign_in_to_demo()
    seat.page.get_by_role("link", name=WORKED).first.click()
    seat.wait_until_saved()
    seat.go_to_step(4)
    is_narrow = album.look.startswith("narrow")
    album.take(seat, "workspace")
    if is_narrow:
        for button in seat.page.get_by_role("navigation", name="View").get_by_role("button").all():
            name = button.inner_text().strip().lower()
            button.click()
            album.take(seat, f"workspace-{name}")
        return
    seat.press("/")
    seat.page.keyboard.type("label")
    album.take(seat, "palette")
    seat.page.keyboard.press("Escape")
    for tab in ("Guide", "Diagram", "Score", "Private notes"):
        seat.tab(tab)
        if tab == "Diagram":
            expect(seat.page.locator(".picture svg")).to_be_visible()
        if tab == "Score":
            seat.page.get_by_role("button", name=re.compile("^Score")).click()
            expect(seat.page.locator(".crs .cr").first).to_be_visible()
            _why(seat, album)
        album.take(seat, f"panel-{tab.split()[0].lower()}")
    seat.page.get_by_role("button", name="Share", exact=True).click()
    album.take(seat, "share")
    seat.page.keyboard.press("Escape")
    seat.press("?")
    album.take(seat, "shortcuts")


def _why(seat: Seat, album: Album) -> None:
    """The arithmetic of the score that the panel shows, from its own tab of the browser."""
    link = seat.page.get_by_role("link", name="Why this score")
    expect(link).to_be_visible(timeout=60_000)
    address = link.get_attribute("href")
    page = seat.context.new_page()
    page.goto(f"{seat.server.url}{address}")
    album.take(Seat(seat.server, seat.context, page), "why")
    page.close()


def _replay(seat: Seat, album: Album) -> None:
    seat.sign_in_to_demo()
    seat.page.get_by_role("link", name="Replay Semantic search in the help centre").click()
    pause = seat.page.get_by_role("button", name="Pause", exact=True)
    pause.click()
    seat.page.get_by_role("button", name="Go to Step 5, Feature engineering").click()
    album.take(seat, "replay")
    for name in ("Notes", "Who did what", "Markers"):
        role = "button" if album.look.startswith("narrow") else "tab"
        seat.page.get_by_role(role, name=name, exact=True).click()  # type: ignore[arg-type]
        album.take(seat, f"replay-{name.split()[0].lower()}")


def _candidate(seat: Seat, album: Album) -> None:
    """What somebody without an account sees: the first board, empty."""
    seat.page.goto(seat.server.url)
    seat.page.get_by_role("button", name="Start a board").click()
    seat.wait_until_saved()
    album.take(seat, "first-board")


def _renew_shown_pictures(folder: Path) -> None:
    for look in ("light", "dark"):
        picture = folder / f"workspace-{look}.png"
        shutil.copy(picture, ROOT / "static" / "site" / picture.name)


@contextmanager
def _server() -> Iterator[Server]:
    with tempfile.TemporaryDirectory() as data:
        server = Server(Path(data))
        server.prepare()
        server.start()
        yield server
        server.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
