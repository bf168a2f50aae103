"""What of a document is drawn."""

import pytest

from apps.diagrams.pipeline.graph import MAX_DEPTH, LayoutGraph, Look, layout_graph
from tests.diagrams.factories import board, component, connection, document, group

LOOKS = {
    "ranker": Look("Ranker", "ranker", "violet"),
    "cache": Look("Cache", "feature-store-online", "green"),
}


def graph_of(**items: object) -> LayoutGraph:
    return layout_graph(document(board(**items)), LOOKS)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "notes", "title", "subtitle"),
    [
        ("Deep ranker", "", "Deep ranker", "Ranker"),
        ("Deep ranker", "\n\n  GPU,\t8 ms \nmore", "Deep ranker", "GPU, 8 ms"),
        ("", "", "Ranker", ""),
        (" \n", "top 200", "Ranker", "top 200"),
    ],
)
def test_words_of_a_card(name: str, notes: str, title: str, subtitle: str) -> None:
    (node,) = graph_of(components=[component("a", name, notes=notes)]).nodes

    assert (node.title, node.subtitle) == (title, subtitle)


def test_unknown_type_looks_plain() -> None:
    (node,) = graph_of(components=[component("a", type_id="abacus")]).nodes

    assert (node.title, node.icon, node.hue) == ("Component", "component", "slate")


def test_group_has_the_hue_of_most_of_its_members() -> None:
    graph = graph_of(
        components=[
            component("a", type_id="ranker", group="outer"),
            component("b", type_id="cache", group="inner"),
            component("c", type_id="cache", group="inner"),
        ],
        groups=[group("outer"), group("inner", parent="outer"), group("empty")],
    )

    assert [cluster.hue for cluster in graph.clusters] == ["green", "green", "slate"]


def test_connection_with_a_group_ends_at_its_border() -> None:
    graph = graph_of(
        components=[component("a"), component("b", group="g")],
        connections=[connection("c", "a", "g"), connection("d", "g", "a")],
        groups=[group("g")],
    )

    to_group, from_group = graph.edges
    assert (to_group.tail, to_group.head, to_group.head_cluster) == ("n1", "n2", "g1")
    assert (from_group.tail, from_group.head, from_group.tail_cluster) == ("n2", "n1", "g1")


def test_group_is_entered_at_its_start_and_left_at_its_end() -> None:
    graph = graph_of(
        components=[component(name, group="g") for name in ("end", "middle", "start")],
        connections=[
            connection("c", "start", "middle"),
            connection("d", "middle", "end"),
            connection("e", "end", "end"),
        ],
        groups=[group("g"), group("empty")],
    )

    assert [(cluster.entry, cluster.exit) for cluster in graph.clusters] == [
        ("n3", "n1"),
        ("a2", "a2"),
    ]


def test_connection_from_within_its_group_has_no_border_to_end_at() -> None:
    graph = graph_of(
        components=[component("a", group="g"), component("b", group="g")],
        connections=[connection("c", "a", "g")],
        groups=[group("g")],
    )

    (edge,) = graph.edges
    assert (edge.tail, edge.head, edge.head_cluster) == ("n1", "n2", None)


def test_connection_without_an_end_is_left_out() -> None:
    graph = graph_of(components=[component("a")], connections=[connection("c", "a", "gone")])

    assert graph.edges == []


def test_groups_that_contain_one_another_become_a_tree() -> None:
    graph = graph_of(
        components=[component("a", group="x")],
        groups=[group("x", parent="y"), group("y", parent="z"), group("z", parent="x")],
    )

    assert [cluster.parent for cluster in graph.clusters] == [None, "g3", "g1"]
    assert [cluster.id for cluster in graph.outer_first()] == ["g1", "g3", "g2"]


def test_groups_nested_too_deep_stay_at_the_deepest_level() -> None:
    names = [f"x{n}" for n in range(50)]
    groups = [
        group(name, parent=parent) for name, parent in zip(names, [None, *names], strict=False)
    ]

    graph = graph_of(groups=groups)

    parents = {cluster.id: cluster.parent for cluster in graph.clusters}
    assert max(depth_of(name, parents) for name in parents) == MAX_DEPTH


def depth_of(name: str | None, parents: dict[str, str | None]) -> int:
    return 0 if name is None else 1 + depth_of(parents[name], parents)
