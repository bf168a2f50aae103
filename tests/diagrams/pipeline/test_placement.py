"""Tidy keeps people where they are looking, and pinned cards where they are."""

from apps.designs.document.types import ComponentBody, GroupBody
from apps.diagrams.pipeline.graph import LayoutGraph, layout_graph
from apps.diagrams.pipeline.layout import Box, Line, Placed
from apps.diagrams.pipeline.placement import Layout, board_layout
from tests.diagrams.factories import board, component, connection, document, group

# What Graphviz is taken to have answered for cards a and b, one after the other.
PLACED = Placed(
    nodes={"n1": Box(0, 0, 172, 52), "n2": Box(300, 0, 172, 52)},
    clusters={"g1": Box(-20, -40, 212, 112)},
    edges={"e1": Line([(172, 26), (300, 26)], (236, 26))},
)


def graph_of(components: list[ComponentBody], groups: list[GroupBody] | None = None) -> LayoutGraph:
    body = board(components, [connection("c", "a", "b")], groups)
    return layout_graph(document(body), {})


def places(layout: Layout) -> dict[str, tuple[float, float]]:
    return {name: (place["x"], place["y"]) for name, place in layout["components"].items()}


def test_layout_stays_at_the_boards_corner() -> None:
    graph = graph_of([component("a", place=(1000, 500)), component("b", place=(1100, 400))])

    layout = board_layout(PLACED, graph)

    assert layout == {
        "components": {
            "a": {"x": 1000, "y": 400, "width": 172, "height": 52},
            "b": {"x": 1300, "y": 400, "width": 172, "height": 52},
        },
        "groups": {},
        "connections": {"c": {"points": [[1172, 426], [1300, 426]], "label": [1236, 426]}},
    }


def test_pinned_card_keeps_its_place_and_the_others_come_to_it() -> None:
    graph = graph_of([component("a", place=(50, 70), pinned=True), component("b")])

    assert places(board_layout(PLACED, graph)) == {"a": (50, 70), "b": (350, 70)}


def test_two_pinned_cards_keep_their_places_and_their_line_runs_straight() -> None:
    graph = graph_of(
        [
            component("a", place=(0, 0), pinned=True),
            component("b", place=(0, 300), pinned=True),
        ]
    )

    layout = board_layout(PLACED, graph)

    assert places(layout) == {"a": (0, 0), "b": (0, 300)}
    assert layout["connections"]["c"] == {"points": [[86, 52], [86, 300]], "label": [86, 176]}


def test_card_gives_way_to_a_pinned_one() -> None:
    placed = Placed(
        nodes=PLACED.nodes | {"n3": Box(600, 0, 172, 52)}, clusters={}, edges=PLACED.edges
    )
    graph = graph_of(
        [
            component("a", place=(0, 0), pinned=True),
            component("b"),
            # On average the layout moves by (-150, 0), which puts b where c is pinned.
            component("c", place=(300, 0), pinned=True),
        ]
    )

    layout = board_layout(placed, graph)

    assert places(layout) == {"a": (0, 0), "c": (300, 0), "b": (150, 76)}


def test_groups_are_drawn_around_their_members() -> None:
    graph = graph_of(
        [component("a", group="inner"), component("b")],
        [group("outer"), group("inner", parent="outer")],
    )
    placed = Placed(PLACED.nodes, {"g1": Box(0, 0, 1, 1), "g2": Box(0, 0, 1, 1)}, PLACED.edges)

    groups = board_layout(placed, graph)["groups"]

    assert groups["inner"] == {"x": -20, "y": -40, "width": 212, "height": 112}
    assert groups["outer"] == {"x": -40, "y": -80, "width": 252, "height": 172}


def test_empty_group_keeps_its_box() -> None:
    graph = graph_of([component("a"), component("b")], [group("g")])

    groups = board_layout(PLACED, graph)["groups"]

    assert groups == {"g": {"x": -20, "y": -40, "width": 212, "height": 112}}
