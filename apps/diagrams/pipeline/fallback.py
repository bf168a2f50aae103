"""Which way does a diagram run, how are its lines routed, and what if that takes too long?

Square lines with round corners look best, but Graphviz draws no labels on them and minds no
groups; so they are for small boards without either. Other boards get curves. Where the good
layout is too slow, one that gives up quality is tried.

Diagrams run from left to right, as model data flow is read. One that comes out as a long strip is
drawn again from top to bottom, which fits a panel and a page.

Density hurts Graphviz, not the number of nodes: 80 nodes with 320 lines take seconds, a local
graph of 200 nodes 0.3 s.
"""

from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

from apps.diagrams.pipeline.graph import LayoutGraph

Direction: TypeAlias = Literal["LR", "TB"]

SIMPLIFIED_NOTE: Final = "This board is large or dense, so the layout is simplified."

# Fewer rounds of untangling: on 120 nodes with 480 lines these four took a layout of more
# than 15 s down to 0.5 s.
_SIMPLIFIED_FLAGS: Final = ("-Gnslimit=1", "-Gnslimit1=1", "-Gmclimit=0.1")

# Wider than a large screen, and much wider than high.
_STRIP_WIDTH: Final = 2000
_STRIP_RATIO: Final = 3

# Square lines take seconds beyond these.
_MOST_SQUARE_NODES: Final = 60
_MOST_SQUARE_EDGES_A_NODE: Final = 1.5

# Beyond these the good layout is known not to end in its time, so it is not even tried.
_MOST_NODES: Final = 1000
_MOST_EDGES_A_NODE: Final = 8


@dataclass(frozen=True)
class Attempt:
    """How lines run (in Graphviz's words), extra flags for the command line, what to tell the
    reader, which way the diagram runs.
    """

    splines: str
    flags: tuple[str, ...] = ()
    note: str | None = None
    direction: Direction = "LR"


SIMPLIFIED: Final = Attempt("line", _SIMPLIFIED_FLAGS, SIMPLIFIED_NOTE)


def attempts(graph: LayoutGraph) -> list[Attempt]:
    """What to try, in this order, until one ends in time."""
    if _is_hopeless(graph):
        return [SIMPLIFIED]
    return [Attempt("ortho" if _suits_square_lines(graph) else "spline"), SIMPLIFIED]


def downwards(way: Attempt, width: float, height: float) -> Attempt | None:
    """How to draw a picture of this size instead, if it is a strip that took no long time."""
    is_strip = width > _STRIP_WIDTH and width > _STRIP_RATIO * height
    return replace(way, direction="TB") if is_strip and way.note is None else None


def _suits_square_lines(graph: LayoutGraph) -> bool:
    nodes = len(graph.nodes)
    is_small = nodes < _MOST_SQUARE_NODES
    is_sparse = len(graph.edges) <= _MOST_SQUARE_EDGES_A_NODE * nodes
    return is_small and is_sparse and all(edge.is_plain for edge in graph.edges)


def _is_hopeless(graph: LayoutGraph) -> bool:
    nodes = len(graph.nodes)
    return nodes > _MOST_NODES or len(graph.edges) > _MOST_EDGES_A_NODE * max(nodes, 1)
