"""What does axe find wrong with a page, in light and in dark?"""

from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SCHEMES: tuple[Literal["light", "dark"], ...] = ("dark", "light")
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# What is in order is not told, and no selector is made up for each element: on the handbook's long
# pages that takes several times as long as the looking.
OPTIONS: dict[str, Any] = {"runOnly": LEVELS, "resultTypes": ["violations"], "selectors": False}
# The page's scripts have heard of the scheme by then, and it is painted anew.
PAINTED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def violations(page: Page) -> dict[str, list[str]]:
    """Serious and critical findings: "rule, scheme" -> the elements. The page is left light."""
    found: dict[str, list[str]] = {}
    for scheme in SCHEMES:
        # Without motion: a colour on its way from light to dark has no contrast to speak of.
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.evaluate(PAINTED)
        found |= {f"{rule}, {scheme}": elements for rule, elements in _found_by_axe(page)}
    return found


def _found_by_axe(page: Page) -> list[tuple[str, list[str]]]:
    return [
        (one["id"], [node["html"][:160] for node in one["nodes"]])
        for one in Axe().run(page, options=OPTIONS).response["violations"]
        if one["impact"] in {"serious", "critical"}
    ]
