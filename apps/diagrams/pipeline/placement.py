"""How does a layout become places on this very board? By staying where people are looking.

Without pinned cards the layout is moved as a whole, so that its left upper corner is where the
board's was. With pinned cards it is moved to fit them best on average; the pinned ones then keep
exactly their own place, and a card that would lie on one is moved below it. Groups are drawn
around their members again, and a line whose end was moved runs straight.
"""

from collections.abc import Iterable, Mapping
from typing import Final, TypedDict

from apps.diagrams.pipeline.graph import Edge, LayoutGraph, Node
from apps.diagrams.pipeline.layout import (
    GROUP_LABEL,
    GROUP_MARGIN,
    Box,
    Line,
    Placed,
    Point,
    board_size,
    middle,
)

_GAP: Final = 24  # between a pinned card and one that had to give way to it


class BoxPlace(TypedDict):
    x: float
    y: float
    width: float
    height: float


class LinePlace(TypedDict):
    points: list[list[float]]
    label: list[float]


class Layout(TypedDict):
    """By the ids of the document, in board pixels."""

    components: dict[str, BoxPlace]
    groups: dict[str, BoxPlace]
    connections: dict[str, LinePlace]


def board_layout(placed: Placed, graph: LayoutGraph) -> Layout:
    placed = _moved(placed, *_offset(placed, graph))
    nodes = _settled(placed.nodes, graph)
    displaced = {name for name, box in nodes.items() if box != placed.nodes[name]}
    clusters = placed.clusters | _around_members(nodes, graph)
    return {
        "components": {node.source_id: _place(nodes[node.id]) for node in graph.nodes},
        "groups": {
            group.source_id: _place(clusters[group.id])
            for group in graph.clusters
            if group.id in clusters
        },
        "connections": {
            edge.source_id: _line(edge, placed.edges[edge.id], nodes, displaced)
            for edge in graph.edges
        },
    }


def _own_box(node: Node) -> Box:
    return Box(node.x, node.y, *board_size(node))


def _offset(placed: Placed, graph: LayoutGraph) -> Point:
    """How far the layout as a whole has to be moved."""
    pinned = [node for node in graph.nodes if node.pinned]
    if pinned:
        steps = [_step(placed.nodes[node.id], _own_box(node)) for node in pinned]
        return sum(x for x, _ in steps) / len(steps), sum(y for _, y in steps) / len(steps)
    if not graph.nodes:
        return 0.0, 0.0
    boxes = [placed.nodes[node.id] for node in graph.nodes]
    x = min(node.x for node in graph.nodes) - min(box.x for box in boxes)
    y = min(node.y for node in graph.nodes) - min(box.y for box in boxes)
    return x, y


def _step(start: Box, end: Box) -> Point:
    return end.x - start.x, end.y - start.y


def _moved(placed: Placed, dx: float, dy: float) -> Placed:
    return Placed(
        {name: box.moved(dx, dy) for name, box in placed.nodes.items()},
        {name: box.moved(dx, dy) for name, box in placed.clusters.items()},
        {name: line.moved(dx, dy) for name, line in placed.edges.items()},
    )


def _settled(boxes: Mapping[str, Box], graph: LayoutGraph) -> dict[str, Box]:
    """Pinned cards in their own place, the others where they lie on nobody."""
    pinned = {node.id: _own_box(node) for node in graph.nodes if node.pinned}
    if not pinned:
        return dict(boxes)
    free = {name: box for name, box in boxes.items() if name not in pinned}
    in_the_way = {name: box for name, box in free.items() if _overlaps_any(box, pinned.values())}
    settled = pinned | {name: box for name, box in free.items() if name not in in_the_way}
    for name, box in sorted(in_the_way.items(), key=lambda item: item[1].y):
        settled[name] = _below(box, settled.values())
    return settled


def _overlaps_any(box: Box, others: Iterable[Box]) -> bool:
    return any(_overlap(box, other) for other in others)


def _overlap(a: Box, b: Box) -> bool:
    return (
        a.x < b.x + b.width + _GAP
        and b.x < a.x + a.width + _GAP
        and a.y < b.y + b.height + _GAP
        and b.y < a.y + a.height + _GAP
    )


def _below(box: Box, others: Iterable[Box]) -> Box:
    """The box, moved down past each one that it would lie on."""
    for other in sorted(others, key=lambda other: other.y):
        if _overlap(box, other):
            box = Box(box.x, other.y + other.height + _GAP, box.width, box.height)
    return box


def _around_members(nodes: Mapping[str, Box], graph: LayoutGraph) -> dict[str, Box]:
    """The box of each group that has members. Inner groups come first: they are members too."""
    members: dict[str | None, list[Box]] = {}
    for node in graph.nodes:
        members.setdefault(node.group, []).append(nodes[node.id])
    boxes: dict[str, Box] = {}
    for cluster in reversed(graph.outer_first()):
        if cluster.id in members:
            boxes[cluster.id] = _around(members[cluster.id])
            members.setdefault(cluster.parent, []).append(boxes[cluster.id])
    return boxes


def _around(boxes: list[Box]) -> Box:
    left, upper = min(box.x for box in boxes), min(box.y for box in boxes)
    right = max(box.x + box.width for box in boxes)
    lower = max(box.y + box.height for box in boxes)
    return Box(
        left - GROUP_MARGIN,
        upper - GROUP_MARGIN - GROUP_LABEL,
        right - left + 2 * GROUP_MARGIN,
        lower - upper + 2 * GROUP_MARGIN + GROUP_LABEL,
    )


def _line(edge: Edge, line: Line, nodes: Mapping[str, Box], displaced: set[str]) -> LinePlace:
    if line.points and displaced.isdisjoint((edge.tail, edge.head)):
        return _written_line(line)
    tail, head = nodes.get(edge.tail), nodes.get(edge.head)
    if tail is None or head is None:
        return _written_line(line)
    points = [_border(tail, head.center), _border(head, tail.center)]
    return _written_line(Line(points, middle(points)))


def _border(box: Box, towards: Point) -> Point:
    """Where the line from the middle of the box to a point crosses its border."""
    x, y = box.center
    dx, dy = towards[0] - x, towards[1] - y
    reach = max(abs(dx) / (box.width / 2), abs(dy) / (box.height / 2))
    return (x + dx / reach, y + dy / reach) if reach > 1 else (x, y)


def _place(box: Box) -> BoxPlace:
    return {
        "x": round(box.x, 1),
        "y": round(box.y, 1),
        "width": round(box.width, 1),
        "height": round(box.height, 1),
    }


def _written_line(line: Line) -> LinePlace:
    points = [[round(x, 1), round(y, 1)] for x, y in line.points]
    return {"points": points, "label": [round(line.label[0], 1), round(line.label[1], 1)]}
