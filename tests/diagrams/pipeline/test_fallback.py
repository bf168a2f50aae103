"""How lines run on which board."""

import pytest

from apps.diagrams.pipeline.fallback import SIMPLIFIED, Attempt, attempts, downwards
from apps.diagrams.pipeline.graph import layout_graph
from tests.diagrams.factories import board, component, connection, document


@pytest.mark.parametrize(
    ("nodes", "edges", "label", "tried"),
    [
        (0, 0, "", ["ortho", "line"]),
        (10, 15, "", ["ortho", "line"]),
        (10, 16, "", ["spline", "line"]),
        (10, 15, "ids", ["spline", "line"]),
        (60, 15, "", ["spline", "line"]),
        (1000, 15, "", ["spline", "line"]),
        (1001, 15, "", ["line"]),
        (10, 81, "", ["line"]),
    ],
)
def test_ways_to_draw(nodes: int, edges: int, label: str, tried: list[str]) -> None:
    body = board(
        [component(f"c{n}") for n in range(nodes)],
        [connection(f"e{n}", "c0", "c1", label=label) for n in range(edges)],
    )

    ways = attempts(layout_graph(document(body), {}))

    assert [way.splines for way in ways] == tried
    assert ways[-1] == SIMPLIFIED


@pytest.mark.parametrize(
    ("width", "height", "direction"),
    [(1900, 300, None), (2100, 900, None), (2100, 600, "TB")],
    ids=["narrow", "high", "strip"],
)
def test_strip_is_drawn_downwards(width: float, height: float, direction: str | None) -> None:
    way = downwards(Attempt("spline"), width, height)

    assert (way and way.direction) == direction
    assert downwards(SIMPLIFIED, width, height) is None
