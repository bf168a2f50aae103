"""The pictures that pages, REST and jobs ask for: the same content is drawn once.

They are kept in Django's cache, not in a table: a live board makes a new one with every edit, they
are cheap to make again, and nobody needs an old one. Files that people asked for are in the
database (`exports`). The key is a hash of what decides the result, which for a picture is not the
places of the cards: dragging one draws nothing anew.
"""

import hashlib
import json
from collections.abc import Callable
from typing import Final, TypeVar

from django.core.cache import cache

from apps.designs.document.types import DesignDocument
from apps.diagrams.domain.drawing import (
    Format,
    Rendered,
    draw,
    draw_layout,
    draw_thumbnail,
    graph_of,
)
from apps.diagrams.errors import LayoutTooHard, PictureTooLarge
from apps.diagrams.pipeline.dot import dot_source
from apps.diagrams.pipeline.fallback import attempts
from apps.diagrams.pipeline.graph import LayoutGraph
from apps.diagrams.pipeline.layout import layout_source
from apps.diagrams.pipeline.placement import Layout
from apps.diagrams.pipeline.themes import THEMES, ThemeName

# To be raised when the same DOT gives another picture: clean-up, icons, thumbnails.
_VERSION: Final = "3"
KEY_PREFIX: Final = "diagram:"
_PICTURES: Final = ("svg", "png", "pdf")
_KEPT_S: Final = 24 * 3600
# Pictures of monsters would fill the memory: the embedded cache counts entries, not bytes.
_KEPT_BYTES: Final = 1024 * 1024
# A board that cannot be drawn is not tried again with every look at it.
_FAILURE_KEPT_S: Final = 120
_T = TypeVar("_T")


def render_document(
    document: DesignDocument, fmt: Format, theme: ThemeName = "light", engine: str = "dot"
) -> Rendered:
    """The diagram of a design in one of the formats. Raises a RenderFailed."""
    graph = graph_of(document)
    if fmt == "dot":
        return draw(graph, fmt, theme, engine)
    key = content_key(graph, fmt, theme, engine)
    return _kept(key, lambda: draw(graph, fmt, theme, engine))


def render_thumbnail(document: DesignDocument, theme: ThemeName) -> bytes:
    """A small SVG of boxes and lines, without text. Raises a RenderFailed."""
    graph = graph_of(document)
    return _kept(
        content_key(graph, "thumbnail", theme, "dot"), lambda: draw_thumbnail(graph, theme)
    )


def layout_document(document: DesignDocument) -> Layout:
    """Places for the cards and groups of the board, as Tidy applies them. Raises a RenderFailed."""
    graph = graph_of(document)
    return _kept(content_key(graph, "layout", "light", "dot"), lambda: draw_layout(graph)[0])


def content_key(graph: LayoutGraph, what: str, theme: ThemeName, engine: str) -> str:
    """A name for the result: equal names, equal bytes."""
    if what in _PICTURES:
        parts = [dot_source(graph, THEMES[theme], attempts(graph)[0]), *_words(graph)]
    else:
        parts = [layout_source(graph, attempts(graph)[0]), repr(graph.nodes), repr(graph.clusters)]
    text = json.dumps([_VERSION, what, theme, engine, *parts])
    return f"{KEY_PREFIX}{hashlib.sha256(text.encode()).hexdigest()}"


def _words(graph: LayoutGraph) -> list[str]:
    """Ids and uncut texts: they are in a picture's tooltips, not all of them in its DOT."""
    groups = [(group.source_id, group.title) for group in graph.clusters]
    cards = [(node.source_id, node.title, node.subtitle) for node in graph.nodes]
    lines = [(edge.source_id, edge.label) for edge in graph.edges]
    return [repr(groups), repr(cards), repr(lines)]


def _kept(key: str, make: Callable[[], _T]) -> _T:
    """The value under the key, made where it is missing. A lasting failure is kept for a while."""
    value = cache.get(key)
    if isinstance(value, LayoutTooHard | PictureTooLarge):
        raise value
    if value is not None:
        kept: _T = value
        return kept
    try:
        made = make()
    except (LayoutTooHard, PictureTooLarge) as failure:
        cache.set(key, failure, _FAILURE_KEPT_S)
        raise
    if _size(made) <= _KEPT_BYTES:
        cache.set(key, made, _KEPT_S)
    return made


def _size(made: object) -> int:
    """Bytes of a picture; layouts are small."""
    if isinstance(made, Rendered):
        return len(made.body)
    return len(made) if isinstance(made, bytes) else 0
