"""How lines run on which board."""

import pytest

from apps.diagrams.pipeline.fallback import SIMPLIFIED, attempts
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
