"""docs/reliability.md names tests: they have to be there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "reliability.md").read_text()
PYTHON = re.compile(r"`([\w/]+\.py)::(\w+)`")
TYPESCRIPT = re.compile(r"`([\w/]+\.test\.ts)`")


def test_every_test_that_the_page_names_exists() -> None:
    named = PYTHON.findall(PAGE)
    missing = [f"{file}::{test}" for file, test in named if not has_test(file, test)]

    assert len(named) > 80
    assert missing == []


def has_test(file: str, test: str) -> bool:
    path = ROOT / "tests" / file
    return (
        path.is_file() and re.search(rf"^(async )?def {test}\(", path.read_text(), re.M) is not None
    )


def test_every_browser_test_that_the_page_names_exists() -> None:
    assert TYPESCRIPT.findall(PAGE)
    for file in TYPESCRIPT.findall(PAGE):
        assert (ROOT / "frontend" / "src" / file).is_file(), file
