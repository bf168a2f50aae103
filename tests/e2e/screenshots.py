"""Pictures every screen: desktop light, desktop dark, 390 px wide. `make screenshots` runs it.

python -m tests.e2e.screenshots FOLDER              every part
python -m tests.e2e.screenshots FOLDER team panel   only these
"""

import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

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
ROLE = "/roles/senior-ml-engineer-personalisation-synthetic"
WORKED = re.compile("Video recommendation.*Priya")
PRACTISED = re.compile("^Newsfeed ranking, first try")


@dataclass(frozen=True)
class Album:
    """Where the pictures of one look go."""

    folder: Path
    look: str

    def take(self, seat: Seat, name: str, *, whole: bool = False) -> None:
        """whole: all of a page that is longer than the window."""
        seat.page.wait_for_load_state("networkidle")
        seat.page.screenshot(path=self.folder / f"{name}-{self.look}.png", full_page=whole)

    def visit(self, seat: Seat, pages: Mapping[str, str]) -> None:
        """pages: a path for each name."""
        for name, path in pages.items():
            seat.page.goto(f"{seat.server.url}{path}")
            self.take(seat, name, whole=True)


def main(folder: Path, parts: Sequence[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with _server() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.program(), args=chromium.FLAGS
        )
        for look, options in LOOKS.items():
            album = Album(folder, look)
            for part in parts or PARTS:
                seat = take_seat(browser, server, **options)
                PARTS[part](seat, album)
                seat.context.close()
        browser.close()
    if not parts or "session" in parts:
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
        album.take(seat, f"panel-{tab.split()[0].lower()}")
    seat.page.get_by_role("button", name="Share", exact=True).click()
    album.take(seat, "share")
    seat.page.keyboard.press("Escape")
    seat.press("?")
    album.take(seat, "shortcuts")


def _practice(seat: Seat, album: Album) -> None:
    """Alone, with feedback from the engine."""
    seat.sign_in_to_demo()
    seat.page.get_by_role("link", name=PRACTISED).first.click()
    seat.wait_until_saved()
    if album.look.startswith("narrow"):
        seat.page.get_by_role("navigation", name="View").get_by_role("button", name="Score").click()
    else:
        seat.tab("Score")
    if (ask := seat.page.get_by_role("button", name="Get feedback")).count():
        ask.click()
    _why(seat, album)
    album.take(seat, "feedback")
    album.visit(seat, {"progress": f"/designs/{seat.design_id}/progress"})


def _why(seat: Seat, album: Album) -> None:
    """The arithmetic of the score that the panel shows, in a tab of its own."""
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


def _dashboards(seat: Seat, album: Album) -> None:
    seat.sign_in_to_demo()
    album.visit(
        seat,
        {
            "interviews": "/interviews",
            "interviews-done": "/interviews?shelf=done",
            "interviews-none": "/interviews?q=nobody",
            "roles": "/roles",
            "role": ROLE,
            "role-table": f"{ROLE}?view=table",
            "training": "/training",
            "calibration": "/calibration",
            "calibration-table": "/calibration?view=table",
            "problem-candidates": "/problems/rec-video/interviews",
            "agreement": "/handbook/agreement",
            "coverage": "/handbook/coverage",
            "import": "/import",
        },
    )


def _panel(seat: Seat, album: Album) -> None:
    """What comes after an interview."""
    seat.sign_in_to_demo()
    seat.page.goto(f"{seat.server.url}/interviews?shelf=done&q=Virtanen")
    seat.page.get_by_role("link", name="Read Hanna Virtanen").click()
    seat.page.wait_for_url("**/designs/**")
    design = f"/designs/{seat.design_id}"
    album.visit(
        seat,
        {
            "ended": f"{design}/",
            "debrief": f"{design}/debrief",
            "debrief-step": f"{design}/debrief?item=metrics",
            "debrief-table": f"{design}/debrief?view=table",
            "report": f"{design}/report",
            "release": f"{design}/release",
            "privacy": f"{design}/privacy",
            "links": f"{design}/links",
        },
    )
    _released(seat, album, design)


def _released(seat: Seat, album: Album, design: str) -> None:
    seat.page.goto(f"{seat.server.url}{design}/release")
    for name in ("Levels", "Reasons", "The decision", "Data collection and preparation"):
        seat.page.get_by_label(name, exact=True).check()
    seat.page.get_by_role("button", name="Release and make a link").click()
    address = seat.page.get_by_label("Address of the report").input_value()
    album.take(seat, "release-link", whole=True)
    seat.page.goto(address)
    album.take(seat, "released-report", whole=True)


def _team(seat: Seat, album: Album) -> None:
    seat.sign_up("Anneke Brouwer", f"{album.look}@example.org")
    album.visit(seat, {"teams-none": "/teams"})
    seat.page.get_by_label("Name").fill("Meridian Labs")
    seat.page.get_by_role("button", name="Create").click()
    seat.page.get_by_label("E-mail address").fill("kofi@example.org")
    seat.page.get_by_role("button", name="Invite").click()
    seat.page.get_by_label("New pool").fill("Ranking")
    seat.page.get_by_role("button", name="Make it").click()
    seat.page.get_by_role("checkbox", name="Anneke").check()
    seat.page.get_by_role("button", name="Save the pool Ranking").click()
    album.take(seat, "team", whole=True)
    team = seat.page.url.removeprefix(seat.server.url).rstrip("/")
    album.visit(
        seat,
        {
            "teams": "/teams",
            "team-webhooks": f"{team}/webhooks",
            "team-audit": f"{team}/audit",
            "team-retention": f"{team}/retention",
            "team-score-rates": f"{team}/score-rates",
        },
    )
    seat.set_up_interview()
    album.take(seat, "lobby-of-a-team", whole=True)


def _account(seat: Seat, album: Album) -> None:
    album.visit(seat, {"password-reset": "/accounts/password/reset/"})
    seat.sign_in_to_demo()
    album.visit(
        seat,
        {
            "account-email": "/accounts/email/",
            "account-password": "/accounts/password/set/",
            "account-second-factor": "/accounts/2fa/",
            "sign-out": "/accounts/logout/",
        },
    )


def _invited(seat: Seat, album: Album) -> None:
    """What the candidate of an interview sees, from the link to the board."""
    browser = seat.context.browser
    assert browser is not None
    seat.sign_in_to_demo()
    links = seat.set_up_interview()
    looks = LOOKS[album.look]
    candidate = take_seat(browser, seat.server, **looks)
    candidate.page.goto(links["For the candidate"])
    album.take(candidate, "join", whole=True)
    candidate.come_in(links["For the candidate"], "Priya Raghunathan")
    expect(candidate.page.get_by_text("Waiting for")).to_be_visible()
    album.take(candidate, "waiting", whole=True)
    design = f"/designs/{seat.design_id}"
    album.visit(candidate, {"my-data": f"{design}/my-data"})
    seat.page.reload()
    album.take(seat, "lobby-somebody-waits", whole=True)
    candidate.page.goto(f"{seat.server.url}{design}/")
    seat.start_the_clock()
    candidate.wait_until_saved()
    album.take(candidate, "candidate")
    album.take(seat, "interviewer")
    candidate.context.close()


PARTS: Final[dict[str, Callable[[Seat, Album], None]]] = {
    "pages": _pages,
    "session": _session,
    "practice": _practice,
    "replay": _replay,
    "candidate": _candidate,
    "dashboards": _dashboards,
    "panel": _panel,
    "team": _team,
    "account": _account,
    "invited": _invited,
}


def _renew_shown_pictures(folder: Path) -> None:
    for look in ("light", "dark"):
        picture = folder / f"workspace-{look}.png"
        shutil.copy(picture, ROOT / "static" / "site" / picture.name)


@contextmanager
def _server() -> Iterator[Server]:
    with tempfile.TemporaryDirectory() as data:
        server = Server(Path(data), {"NINESTEP_WEBHOOKS": "1"})
        server.prepare()
        server.start()
        yield server
        server.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
