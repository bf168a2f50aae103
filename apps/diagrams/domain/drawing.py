"""A design document in, a picture or a layout out. No database, no cache: see `rendering`."""

import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, TypeAlias, TypeVar

from apps.content import registry
from apps.content.types import ComponentType
from apps.designs.document.types import DesignDocument
from apps.diagrams.errors import GraphvizMissing, GraphvizStopped, LayoutTooHard
from apps.diagrams.pipeline.dot import dot_source
from apps.diagrams.pipeline.fallback import Attempt, attempts, downwards
from apps.diagrams.pipeline.graph import LayoutGraph, Look, layout_graph
from apps.diagrams.pipeline.layout import Placed, layout_source, read_layout
from apps.diagrams.pipeline.placement import Layout, board_layout
from apps.diagrams.pipeline.svg import clean_svg, svg_size
from apps.diagrams.pipeline.themes import THEMES, ThemeName, icon_file
from apps.diagrams.pipeline.thumbnail import thumbnail_svg
from apps.diagrams.renderer import ICONS, convert_svg, font, one_picture, run_graphviz

Format: TypeAlias = Literal["svg", "png", "pdf", "dot", "json"]

MEDIA_TYPES: Final[dict[Format, str]] = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "pdf": "application/pdf",
    "dot": "text/vnd.graphviz",
    "json": "application/json",
}
_ZOOM: Final = 2.0  # pixels of a PNG for one of the board, unless that made it larger than
_MOST_PIXELS: Final = 24_000_000
_T = TypeVar("_T")


@dataclass(frozen=True)
class Rendered:
    """note: what the reader should know about the picture, in a sentence."""

    body: bytes
    media_type: str
    note: str | None = None


def graph_of(document: DesignDocument) -> LayoutGraph:
    return layout_graph(
        document, {item.id: _look(item) for item in registry.catalogue().components}
    )


def _look(item: ComponentType) -> Look:
    """Without an icon where there is no file of it: Graphviz would refuse the whole picture."""
    exists = icon_bytes(icon_file("light", item.icon, item.hue)) is not None
    return Look(item.name, item.icon if exists else None, item.hue)


def draw(
    graph: LayoutGraph, fmt: Format, theme: ThemeName = "light", engine: str = "dot"
) -> Rendered:
    """The graph in one of the formats. Raises a RenderFailed."""
    if fmt == "dot":
        source = dot_source(graph, THEMES[theme], attempts(graph)[0], font())
        return Rendered(source.encode(), MEDIA_TYPES[fmt])
    if fmt == "json":
        layout, note = draw_layout(graph, engine)
        # The format names these two; where groups are to stand is between us and Tidy.
        named = {"components": layout["components"], "connections": layout["connections"]}
        body = json.dumps(named, indent=1, allow_nan=False)
        return Rendered(body.encode(), MEDIA_TYPES[fmt], note)
    picture, note = _in_time(graph, lambda way: _picture(graph, fmt, theme, engine, way))
    return Rendered(picture, MEDIA_TYPES[fmt], note)


def draw_layout(graph: LayoutGraph, engine: str = "dot") -> tuple[Layout, str | None]:
    """Places for Tidy, and a note."""
    placed, note = _placed(graph, engine)
    return board_layout(placed, graph), note


def draw_thumbnail(graph: LayoutGraph, theme: ThemeName) -> bytes:
    placed, _ = _placed(graph, "dot")
    return thumbnail_svg(placed, graph, THEMES[theme])


def _placed(graph: LayoutGraph, engine: str) -> tuple[Placed, str | None]:
    def place(way: Attempt) -> Placed:
        source = layout_source(graph, way)
        return read_layout(run_graphviz(source, "json0", engine, way.flags), graph)

    def place_well(way: Attempt) -> Placed:
        placed = place(way)
        bounds = placed.bounds()
        return _better(placed, downwards(way, bounds.width, bounds.height), place)

    return _in_time(graph, place_well)


def _better(first: _T, other: Attempt | None, draw_by: Callable[[Attempt], _T]) -> _T:
    """What the other way gives, if there is one and it ends in time."""
    if other is None:
        return first
    try:
        return draw_by(other)
    except (LayoutTooHard, GraphvizStopped):
        return first


def _in_time(graph: LayoutGraph, draw_by: Callable[[Attempt], _T]) -> tuple[_T, str | None]:
    """The first way that ends in time, with its note."""
    with one_picture():
        for way in attempts(graph):
            try:
                return draw_by(way), way.note
            except (LayoutTooHard, GraphvizStopped) as error:
                failure = error
    if isinstance(failure, LayoutTooHard):
        raise LayoutTooHard(
            f"A board of {len(graph.nodes)} components and {len(graph.edges)} connections takes too"
            " long to lay out. The board itself is unharmed. Draw it in parts to see a diagram."
        )
    raise failure


@dataclass(frozen=True)
class _Drawn:
    """A cleaned picture, and how to draw the same again."""

    svg: bytes
    source: str
    way: Attempt


def _picture(graph: LayoutGraph, fmt: Format, theme: ThemeName, engine: str, way: Attempt) -> bytes:
    def draw_svg(way: Attempt) -> _Drawn:
        source = dot_source(graph, THEMES[theme], way, font())
        raw = run_graphviz(source, "svg", engine, way.flags)
        return _Drawn(clean_svg(raw, graph, icon_bytes), source, way)

    first = draw_svg(way)
    drawn = _better(first, downwards(way, *svg_size(first.svg)), draw_svg)
    return drawn.svg if fmt == "svg" else _converted(drawn, fmt, engine)


def _converted(drawn: _Drawn, fmt: Format, engine: str) -> bytes:
    zoom = _zoom(drawn.svg) if fmt == "png" else 1.0
    converted = convert_svg(drawn.svg, fmt, zoom)
    if converted is not None:
        return converted
    # Without librsvg Graphviz draws it by itself: the same but for the exact dashes.
    try:
        return run_graphviz(drawn.source, fmt, engine, (*drawn.way.flags, f"-Gdpi={72 * zoom:.0f}"))
    except GraphvizStopped as error:
        # It has just drawn the same as SVG, so it is this format that it does not know.
        raise GraphvizMissing(
            f"This Graphviz makes no {fmt.upper()}. Run `apt-get install librsvg2-bin`."
        ) from error


def _zoom(svg: bytes) -> float:
    width, height = svg_size(svg)
    return min(_ZOOM, math.sqrt(_MOST_PIXELS / max(width * height, 1)))


@lru_cache(maxsize=512)
def icon_bytes(name: str) -> bytes | None:
    """An icon of ours by the base name of its file."""
    path = ICONS / name
    return path.read_bytes() if path.parent == ICONS and path.is_file() else None
