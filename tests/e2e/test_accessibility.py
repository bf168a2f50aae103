"""axe finds nothing serious, and the whole job can be done without a mouse."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.axe import violations
from tests.e2e.seats import Seat, take_seat, until
from tests.e2e.server import Server


@pytest.fixture
def seat(browser: Browser, server: Server) -> Iterator[Seat]:
    seat = take_seat(browser, server, bypass_csp=True)
    yield seat
    seat.context.close()


def test_axe_on_the_pages_of_a_stranger(seat: Seat) -> None:
    for path in (
        "/",
        "/problems",
        "/handbook/flows/ml-9-step",
        "/handbook/rubrics/ml-9-step",
        "/handbook/components",
        "/handbook/coverage",
        "/accounts/login/",
        "/accounts/signup/",
        "/nowhere",
    ):
        seat.page.goto(f"{seat.server.url}{path}")

        assert violations(seat.page) == {}, path


def test_axe_on_the_pages_of_an_author(seat: Seat) -> None:
    seat.sign_in_to_demo()
    for path in (
        "/problems/rec-video",
        "/problems/rec-video/reference",
        "/problems/rec-video/answers/level-3",
        "/write",
    ):
        seat.page.goto(f"{seat.server.url}{path}")

        assert violations(seat.page) == {}, path


def test_axe_on_the_pages_of_a_member(seat: Seat) -> None:
    seat.sign_in_to_demo()
    found = {}
    for path in (
        "/interviews",
        "/roles",
        "/training",
        "/calibration",
        "/handbook/agreement",
        "/import",
        "/teams",
        "/accounts/email/",
        "/accounts/password/change/",
        "/accounts/2fa/",
    ):
        seat.page.goto(f"{seat.server.url}{path}")
        found[path] = violations(seat.page)
    found |= _violations_behind(seat, "/roles")

    assert {path: faults for path, faults in found.items() if faults} == {}


@pytest.mark.parametrize("width", [1440, 390])
def test_axe_on_what_comes_after_an_interview(seat: Seat, width: int) -> None:
    seat.page.set_viewport_size({"width": width, "height": 844})
    seat.sign_in_to_demo()
    seat.page.goto(f"{seat.server.url}/interviews?shelf=done")
    assert violations(seat.page) == {}
    seat.page.get_by_role("link", name=re.compile("^Read ")).first.click()
    seat.page.wait_for_url("**/designs/**")
    design = f"{seat.server.url}/designs/{seat.design_id}"
    found = {}
    for page in ("debrief", "debrief?item=metrics", "report", "release", "privacy", "links"):
        seat.page.goto(f"{design}/{page}")
        found[page] = violations(seat.page)

    assert {page: faults for page, faults in found.items() if faults} == {}


def test_every_page_is_reached_on_a_phone(seat: Seat) -> None:
    seat.page.set_viewport_size({"width": 390, "height": 844})
    seat.sign_in_to_demo()
    menu = seat.page.get_by_role("navigation", name="Main")
    for name in ("Problems", "Interviews", "Roles", "Calibration", "Handbook", "Team", "Sessions"):
        seat.page.locator(".main-menu > summary").click()
        assert violations(seat.page) == {}, name
        menu.get_by_role("link", name=name).click()
        expect(seat.page.locator(".main-menu > summary")).to_have_text(name)
        overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert seat.page.evaluate(overflow) == 0, name


def _violations_behind(seat: Seat, start: str) -> dict[str, dict[str, list[str]]]:
    """What axe says of each page that this list leads to, whatever its slug."""
    seat.page.goto(f"{seat.server.url}{start}")
    links = seat.page.locator(f"main a[href^='{start}/']")
    paths = {link.get_attribute("href") for link in links.all()}
    assert paths, f"{start} leads nowhere"
    found = {}
    for path in sorted(filter(None, paths)):
        seat.page.goto(f"{seat.server.url}{path}")
        found[path] = violations(seat.page)
    return found


def test_axe_on_home_session_and_share_pages(seat: Seat, browser: Browser) -> None:
    seat.sign_in_to_demo()
    assert violations(seat.page) == {}
    seat.page.goto(f"{seat.server.url}/new")
    assert violations(seat.page) == {}

    links = seat.set_up_interview()
    assert violations(seat.page) == {}, "lobby"
    waiting = take_seat(browser, seat.server, bypass_csp=True)
    waiting.come_in(links["For the candidate"], "Priya")
    expect(waiting.page.get_by_text("Waiting for Tomás")).to_be_visible()
    assert violations(waiting.page) == {}, "waiting"
    waiting.context.close()

    seat.start_the_clock()
    seat.page.keyboard.press("Alt+Shift+W")
    seat.insert("client -> api gateway -> ranker : features")
    seat.wait_until_saved()
    for tab in ("Notes", "Guide", "Diagram", "Score", "Private notes"):
        seat.tab(tab)
        expect(seat.page.get_by_role("tabpanel")).to_be_visible()
        assert violations(seat.page) == {}, tab
    seat.page.get_by_role("button", name="Share", exact=True).click()
    assert violations(seat.page) == {}, "share dialog"
    seat.page.goto(f"{seat.server.url}/designs/{seat.design_id}/links")
    assert violations(seat.page) == {}, "links"

    guest = take_seat(browser, seat.server, bypass_csp=True)
    guest.page.goto(links["For the candidate"])
    assert violations(guest.page) == {}, "join"
    guest.context.close()


def test_the_whole_job_by_keyboard_alone(browser: Browser, server: Server) -> None:
    """Insert, connect with kind and label, rename, move, group, undo, notes, diagram, score,
    and the read-only link: not one click."""
    seat = take_seat(browser, server)
    seat.sign_in_to_demo()
    seat.page.goto(f"{server.url}/new?kind=practice")  # an interview shows scores after cards
    keys = seat.page.keyboard
    _walk_to(seat.page, "Create")
    keys.press("Enter")
    seat.page.wait_for_url(re.compile(r"/designs/[^/]+/$"))
    seat.wait_until_saved()

    _walk_to(seat.page, "Board")
    for text in ("api gateway", "ranker"):
        keys.press("/")
        keys.type(text)
        keys.press("Enter")
    expect(seat.card("Ranker")).to_be_visible()
    keys.press("a")
    keys.type("gateway")
    keys.press("Enter")
    keys.press("Alt+4")
    keys.type("clicks")
    keys.press("Enter")
    keys.press("Escape")
    line = until(lambda: seat.document()["board"]["connections"], _has_label)[0]
    assert (line["kind"], line["label"]) == ("event", "clicks")

    keys.press("Tab")
    before = _place_by_name(seat)
    keys.press("Shift+ArrowDown")
    until(lambda: _place_by_name(seat), lambda places: places != before)
    keys.press("F2")
    keys.press("Control+a")
    keys.type("Light ranker")
    keys.press("Enter")
    until(seat.stored_names, lambda names: "Light ranker" in names)
    keys.press("Control+a")
    keys.press("Control+g")
    keys.type("Ranking")
    keys.press("Enter")
    until(lambda: _group_names(seat), lambda names: names == ["Ranking"])
    keys.press("Control+z")
    keys.press("Control+z")
    until(lambda: _group_names(seat), lambda names: names == [])

    keys.press("Alt+2")
    _walk_to(seat.page, re.compile("Notes"), role="textbox")
    keys.type("nDCG at 10, because order matters.")
    until(lambda: seat.stored_notes(2), lambda text: text.startswith("nDCG"))
    keys.press("Escape")
    _walk_to(seat.page, "Notes", role="tab", backwards=True)
    keys.press("ArrowRight")
    keys.press("ArrowRight")
    expect(seat.page.get_by_label("Diagram of the board").locator("svg").first).to_be_attached()
    _walk_to(seat.page, "Score", role="tab")
    keys.press("Enter")
    _walk_to(seat.page, "Get feedback", role="button")
    keys.press("Enter")
    expect(seat.page.get_by_text("Unvalidated").first).to_be_visible()
    _walk_to(seat.page, "Share", backwards=True)
    keys.press("Enter")
    _walk_to(seat.page, "Make link")
    keys.press("Enter")
    expect(seat.page.get_by_label(re.compile("Address of the .* link"))).to_be_visible()
    seat.context.close()


def _walk_to(
    page: Page, name: str | re.Pattern[str], *, role: str = "", backwards: bool = False
) -> None:
    """Presses Tab until the focus is on what has this name (and role)."""
    for _ in range(120):
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
        at = page.evaluate(FOCUSED)
        is_named = name.search(at["name"]) if isinstance(name, re.Pattern) else name == at["name"]
        if is_named and role in {"", at["role"]}:
            return
    raise AssertionError(f"Tab never came to {name!r}")


FOCUSED = """() => {
    const at = document.activeElement;
    const named = at.getAttribute('aria-labelledby');
    const label = named ? document.getElementById(named)?.innerText : at.getAttribute('aria-label');
    const roles = {BUTTON: 'button', A: 'link', INPUT: 'textbox', TEXTAREA: 'textbox'};
    return {
        name: (label ?? at.innerText ?? '').trim(),
        role: at.getAttribute('role') ?? roles[at.tagName] ?? '',
    };
}"""


def _group_names(seat: Seat) -> list[str]:
    return [group["name"] for group in seat.document()["board"]["groups"]]


def _has_label(lines: list[dict[str, str]]) -> bool:
    return bool(lines) and lines[0]["label"] != ""


def _place_by_name(seat: Seat) -> dict[str, tuple[float, float]]:
    components = seat.document()["board"]["components"]
    return {item["name"]: (item["x"], item["y"]) for item in components}
