"""All reference designs on one sheet, light and dark. `make contact-sheets` runs it.

python -m tests.e2e.contact_sheets FOLDER
"""

import sys
import tempfile
from html import escape
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, sync_playwright

from apps.content import registry
from apps.content.types import Problem
from apps.content.worked import reference_document
from apps.designs.document.validation import parse
from apps.diagrams.domain.drawing import draw, graph_of
from apps.diagrams.pipeline.themes import THEMES, ThemeName
from tests.e2e import chromium

A_SHEET: Final = 4  # designs: more could not be read
COLUMNS: Final = 2
CELL_PX: Final = (1200, 1100)


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    bank = [problem for problem in registry.problems() if problem.reference]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.program(), args=chromium.FLAGS
        )
        for theme in THEMES:
            for number, first in enumerate(range(0, len(bank), A_SHEET), start=1):
                picture = folder / f"reference-designs-{theme}-{number}.png"
                _take(browser, _sheet(bank[first : first + A_SHEET], theme), picture)
        browser.close()


def _take(browser: Browser, html: str, picture: Path) -> None:
    width, height = CELL_PX
    page = browser.new_page(viewport={"width": COLUMNS * width, "height": height})
    with tempfile.NamedTemporaryFile("w", suffix=".html", encoding="utf-8") as file:
        file.write(html)
        file.flush()
        page.goto(f"file://{file.name}")
        page.screenshot(path=picture, full_page=True)
    page.close()


def _sheet(problems: list[Problem], theme: ThemeName) -> str:
    width, height = CELL_PX
    cells = "".join(_cell(problem, theme) for problem in problems)
    colours = {"light": "#fff;color:#111", "dark": "#0b1020;color:#eee"}[theme]
    return (
        f"<!doctype html><meta charset=utf-8><style>body{{margin:0;background:{colours};"
        f"font:16px sans-serif;display:grid;grid-template-columns:repeat({COLUMNS},{width}px)}}"
        f"figure{{margin:0;padding:12px;height:{height}px;box-sizing:border-box}}"
        f"svg{{width:100%;height:{height - 50}px}}</style>{cells}"
    )


def _cell(problem: Problem, theme: ThemeName) -> str:
    graph = graph_of(parse(reference_document(problem)))
    svg = draw(graph, "svg", theme, "dot").body.decode()
    return (
        f"<figure><figcaption>{escape(problem.id)}</figcaption>{svg[svg.index('<svg') :]}</figure>"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
