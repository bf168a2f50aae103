"""The same content is drawn once."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

from apps.diagrams.domain import drawing, rendering
from apps.diagrams.domain.rendering import layout_document, render_document, render_thumbnail
from apps.diagrams.errors import GraphvizMissing, LayoutTooHard
from tests.diagrams.factories import board, component, document

HERE = document(board([component("a", "Ranker")]))
MOVED = document(board([component("a", "Ranker", place=(500, 500))]))
RENAMED = document(board([component("a", "Re-ranker")]))


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The formats that were really drawn, in order."""
    formats: list[str] = []
    really = drawing.draw

    def counting(graph: Any, fmt: Any, *others: Any) -> Any:
        formats.append(fmt)
        return really(graph, fmt, *others)

    monkeypatch.setattr(rendering, "draw", counting)
    return formats


def test_same_content_is_drawn_once(drawn: list[str]) -> None:
    first = render_document(HERE, "svg")

    assert render_document(MOVED, "svg") == first
    assert drawn == ["svg"]


def test_other_content_theme_and_format_are_drawn_anew(drawn: list[str]) -> None:
    render_document(HERE, "svg")
    render_document(RENAMED, "svg")
    render_document(HERE, "svg", "dark")
    render_document(HERE, "json")
    render_document(HERE, "svg", "light", "neato")

    assert drawn == ["svg", "svg", "svg", "json", "svg"]


def test_monstrous_picture_is_not_kept(drawn: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "_KEPT_BYTES", 100)

    for _ in range(2):
        render_document(HERE, "svg")

    assert drawn == ["svg", "svg"]


def test_layout_depends_on_where_the_cards_are() -> None:
    assert layout_document(HERE)["components"]["a"]["x"] == 0
    assert layout_document(MOVED)["components"]["a"]["x"] == 500


def test_thumbnail_is_small() -> None:
    assert len(render_thumbnail(HERE, "light")) < 2_000


def test_board_that_is_too_hard_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[int] = []

    def fail(*args: object) -> None:
        tries.append(1)
        raise LayoutTooHard("too hard")

    monkeypatch.setattr(rendering, "draw", fail)

    for _ in range(2):
        with pytest.raises(LayoutTooHard, match="too hard"):
            render_document(HERE, "svg")
    assert len(tries) == 1


def test_graphviz_that_was_missing_is_looked_for_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with monkeypatch.context() as patched:
        patched.setenv("PATH", str(tmp_path))
        patched.setattr(sys, "prefix", str(tmp_path))
        with pytest.raises(GraphvizMissing):
            render_document(HERE, "svg")

    assert render_document(HERE, "svg").body.startswith(b"<svg")
