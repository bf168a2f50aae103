"""Pictures of every screen, in three forms: `make screenshots`, then look into screenshots/."""

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, expect, sync_playwright

from tests.e2e import chromium
from tests.e2e.seats import Seat, take_seat
from tests.e2e.server import ROOT, Server

FOLDER = ROOT / "screenshots"
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
FORMS: dict[str, dict[str, Any]] = {
    "desktop-light": {"viewport": DESKTOP, "color_scheme": "light"},
    "desktop-dark": {"viewport": DESKTOP, "color_scheme": "dark"},
    "phone-light": {"viewport": PHONE, "color_scheme": "light", "has_touch": True},
}
FOR_A_STRANGER = {
    "landing": "/",
    "problems": "/problems",
    "sign-in": "/accounts/login/",
    "sign-up": "/accounts/signup/",
    "password-reset": "/accounts/password/reset/",
    "not-found": "/nowhere",
}
FOR_THE_OWNER = {"home": "/", "new": "/new"}
TABS = ("Notes", "Guide", "Diagram", "Score", "Private notes")
A_FINISHED_DESIGN = "Video recommendation"

Shoot = Callable[[str], None]


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with _server() as server, _browser() as browser:
        for form, options in FORMS.items():
            seat = take_seat(browser, server, **options)
            _shoot_all(seat, lambda name, seat=seat, form=form: _shoot(seat, f"{name}-{form}"))
            seat.context.close()
    sys.stdout.write(f"{len(list(FOLDER.glob('*.png')))} pictures in {FOLDER}\n")


def _shoot_all(seat: Seat, shoot: Shoot) -> None:
    _shoot_pages(seat, FOR_A_STRANGER, shoot)
    seat.sign_in_to_demo()
    _shoot_pages(seat, FOR_THE_OWNER, shoot)
    _shoot_links(seat, shoot)
    _shoot_workspace(seat, shoot)


def _shoot_pages(seat: Seat, pages: dict[str, str], shoot: Shoot) -> None:
    for name, path in pages.items():
        seat.page.goto(f"{seat.server.url}{path}")
        shoot(name)


def _shoot_links(seat: Seat, shoot: Shoot) -> None:
    links = seat.open_interview()
    shoot("workspace-empty")
    seat.page.goto(f"{seat.server.url}/designs/{seat.design_id}/links")
    shoot("links")
    browser = seat.context.browser
    assert browser is not None
    size = seat.page.viewport_size
    guest = take_seat(browser, seat.server, viewport=size)
    guest.page.goto(links["For the candidate"])
    _shoot(guest, "join-desktop-light" if size == DESKTOP else "join-phone-light")
    guest.context.close()


def _shoot_workspace(seat: Seat, shoot: Shoot) -> None:
    seat.page.goto(seat.server.url)
    seat.page.get_by_role("link", name=A_FINISHED_DESIGN).first.click()
    seat.wait_until_saved()
    shoot("workspace")
    for tab in TABS:
        seat.tab(tab)
        expect(seat.page.get_by_role("tabpanel")).to_be_visible()
        shoot(f"workspace-{tab.lower().replace(' ', '-')}")
    seat.press("/")
    shoot("workspace-palette")
    seat.press("Escape")
    seat.page.get_by_role("button", name="Share").click()
    shoot("workspace-share")


def _shoot(seat: Seat, name: str) -> None:
    seat.page.wait_for_load_state("networkidle")
    seat.page.evaluate("document.fonts.ready")
    seat.page.screenshot(path=FOLDER / f"{name}.png", animations="disabled")


@contextmanager
def _server() -> Iterator[Server]:
    with tempfile.TemporaryDirectory() as data:
        server = Server(Path(data))
        server.prepare()
        server.start()
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def _browser() -> Iterator[Browser]:
    program = chromium.program()
    if program is None:
        sys.exit("No Chromium on the PATH. Run `make test`, which sets it up.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=chromium.FLAGS)
        yield browser
        browser.close()


if __name__ == "__main__":
    main()
