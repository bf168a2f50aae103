"""What does a board look like from far away? Boxes, marks and lines of a layout, without a word.

Small enough for a page of many; no user text is in it, so it needs no cleaning.
"""

from collections.abc import Iterator
from typing import Final

from apps.diagrams.pipeline.graph import LayoutGraph
from apps.diagrams.pipeline.layout import Box, Line, Placed
from apps.diagrams.pipeline.themes import STROKES, Theme

_MARGIN: Final = 16
# Beyond this a card would be smaller than a pixel; the first ones give the shape.
_MOST_CARDS: Final = 400
# One pixel of the screen, however small the picture is shown.
_THIN: Final = 'stroke-width="1" vector-effect="non-scaling-stroke"'


def thumbnail_svg(placed: Placed, graph: LayoutGraph, theme: Theme) -> bytes:
    parts = [*_groups(placed, graph, theme), *_lines(placed, graph, theme)]
    parts += _cards(placed, graph, theme)
    return f"{_opening(placed)}{''.join(parts)}</svg>".encode()


def _opening(placed: Placed) -> str:
    all_of_it = placed.bounds()
    left, upper = all_of_it.x - _MARGIN, all_of_it.y - _MARGIN
    sides = (left, upper, all_of_it.width + 2 * _MARGIN, all_of_it.height + 2 * _MARGIN)
    view = " ".join(f"{side:.0f}" for side in sides)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}" class="thumbnail">'


def _groups(placed: Placed, graph: LayoutGraph, theme: Theme) -> Iterator[str]:
    for cluster in graph.outer_first():
        hue = theme.hues[cluster.hue]
        paint = f'fill="{hue.fill}" stroke="{hue.line}" {_THIN}'
        yield f'<path d="{_rounded(placed.clusters[cluster.id], 14)}" {paint}/>'


def _lines(placed: Placed, graph: LayoutGraph, theme: Theme) -> Iterator[str]:
    for edge in graph.edges[:_MOST_CARDS]:
        paint = f'fill="none" stroke="{theme.edge}" {_THIN}'
        paint += ' stroke-dasharray="3 2"' if STROKES[edge.kind].dashes else ""
        yield f'<polyline points="{_points(placed.edges[edge.id])}" {paint}/>'


def _cards(placed: Placed, graph: LayoutGraph, theme: Theme) -> Iterator[str]:
    for node in graph.nodes[:_MOST_CARDS]:
        box, hue = placed.nodes[node.id], theme.hues[node.hue]
        paint = f'fill="{theme.card}" stroke="{hue.line}" {_THIN}'
        yield f'<path d="{_rounded(box, 12)}" {paint}/>'
        yield from _marks(box, hue.mark, theme)


def _marks(box: Box, mark: str, theme: Theme) -> Iterator[str]:
    """A tile for the icon and two bars for the words."""
    side = min(26.0, box.height / 2)
    tile = Box(box.x + 12, box.y + (box.height - side) / 2, side, side)
    yield f'<path d="{_rounded(tile, 7)}" fill="{mark}"/>'
    left, room = tile.x + side + 10, box.width - side - 34
    if room > 10:
        bars = ((0.3, 8, room, theme.text), (0.6, 6, room * 0.65, theme.subtext))
        for part, height, width, color in bars:
            bar = Box(left, box.y + box.height * part, width, height)
            yield f'<path d="{_rounded(bar, 3)}" fill="{color}" fill-opacity="0.75"/>'


def _rounded(box: Box, radius: float) -> str:
    """Path of a rectangle with round corners."""
    r = min(radius, box.width / 2, box.height / 2)
    w, h = box.width - 2 * r, box.height - 2 * r
    return (
        f"M{box.x + r:.1f},{box.y:.1f}h{w:.1f}a{r:g},{r:g} 0 0 1 {r:g},{r:g}v{h:.1f}"
        f"a{r:g},{r:g} 0 0 1 -{r:g},{r:g}h-{w:.1f}a{r:g},{r:g} 0 0 1 -{r:g},-{r:g}v-{h:.1f}"
        f"a{r:g},{r:g} 0 0 1 {r:g},-{r:g}z"
    )


def _points(line: Line) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in line.points)
