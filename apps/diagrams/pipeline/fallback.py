"""What is tried when a layout takes too long? First the good one, then one that gives up quality.

Density hurts Graphviz, not the number of nodes: 80 nodes with 320 lines take seconds, a local
graph of 200 nodes 0.3 s.
"""

from dataclasses import dataclass
from typing import Final

from apps.diagrams.pipeline.graph import LayoutGraph

SIMPLIFIED_NOTE: Final = "This board is large or dense, so the layout is simplified."

# Fewer rounds of untangling: on 120 nodes with 480 lines these four took a layout of more
# than 15 s down to 0.5 s.
_SIMPLIFIED_FLAGS: Final = ("-Gnslimit=1", "-Gnslimit1=1", "-Gmclimit=0.1")

# Beyond these the good layout is known not to end in its time, so it is not even tried.
_MOST_NODES: Final = 1000
_MOST_EDGES_A_NODE: Final = 8


@dataclass(frozen=True)
class Attempt:
    """How lines run, extra flags for the command line, what to tell the reader."""

    splines: str
    flags: tuple[str, ...] = ()
    note: str | None = None


SIMPLIFIED: Final = Attempt("line", _SIMPLIFIED_FLAGS, SIMPLIFIED_NOTE)


def attempts(graph: LayoutGraph) -> list[Attempt]:
    """What to try, in this order, until one ends in time."""
    return [SIMPLIFIED] if _is_hopeless(graph) else [Attempt("spline"), SIMPLIFIED]


def _is_hopeless(graph: LayoutGraph) -> bool:
    nodes = len(graph.nodes)
    return nodes > _MOST_NODES or len(graph.edges) > _MOST_EDGES_A_NODE * max(nodes, 1)
