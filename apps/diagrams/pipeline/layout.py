"""Where would Graphviz put the cards of this board? Its answer, in pixels with y down.

Another text than the picture's: cards are empty boxes of their own size on the board, so no word
of a user is in it. One point of Graphviz is one board pixel; its y axis points up and is turned.
`placement` then fits the answer to the board as it is.
"""

import json
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, TypeAlias

from apps.diagrams.pipeline.dot import tree
from apps.diagrams.pipeline.escape import clamped
from apps.diagrams.pipeline.fallback import Attempt
from apps.diagrams.pipeline.graph import Cluster, Edge, LayoutGraph, Node
from apps.diagrams.pipeline.themes import STROKES

Point: TypeAlias = tuple[float, float]

GROUP_MARGIN: Final = 20  # between a group's border and its members
GROUP_LABEL: Final = 20  # more of it above them, for the group's name
_CHIP_HEIGHT: Final = 18
_CHIP_PADDING: Final = 14
_CHAR_WIDTH: Final = 5.6  # of the chip's 10 px Inter, on average
_RANKSEP: Final = {"LR": 0.9, "TB": 0.6}  # inches between ranks
_POINTS_AN_INCH: Final = 72


@dataclass(frozen=True)
class Box:
    """A rectangle: its left upper corner and its size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def center(self) -> Point:
        return self.x + self.width / 2, self.y + self.height / 2

    def moved(self, dx: float, dy: float) -> "Box":
        return Box(self.x + dx, self.y + dy, self.width, self.height)


@dataclass(frozen=True)
class Line:
    points: list[Point]
    label: Point

    def moved(self, dx: float, dy: float) -> "Line":
        points = [(x + dx, y + dy) for x, y in self.points]
        return Line(points, (self.label[0] + dx, self.label[1] + dy))


@dataclass(frozen=True)
class Placed:
    """Boxes and lines by generated id. Some engines give groups no box."""

    nodes: dict[str, Box]
    clusters: dict[str, Box]
    edges: dict[str, Line]

    def bounds(self) -> Box:
        """The least box that holds all others."""
        boxes = [*self.nodes.values(), *self.clusters.values()]
        left = min((box.x for box in boxes), default=0)
        upper = min((box.y for box in boxes), default=0)
        right = max((box.x + box.width for box in boxes), default=320)
        lower = max((box.y + box.height for box in boxes), default=140)
        return Box(left, upper, right - left, lower - upper)


def layout_source(graph: LayoutGraph, way: Attempt) -> str:
    """The board as DOT without a word in it."""
    # Lines of straight pieces are what the board draws; a simplified layout has its own.
    lines = "polyline" if way.splines == "spline" else way.splines
    return "\n".join(
        [
            "digraph {",
            f"graph [rankdir={way.direction}, splines={lines}, compound=true, newrank=true,"
            f" overlap=false, nodesep=0.45, ranksep={_RANKSEP[way.direction]}]",
            'node [shape=box, fixedsize=true, label=""]',
            "edge [arrowhead=none]",
            *tree(graph, _cluster, _node),
            *(_edge(edge) for edge in graph.edges),
            "}",
            "",
        ]
    )


def _cluster(cluster: Cluster) -> str:
    width = len(cluster.title) * _CHAR_WIDTH
    return f"graph [margin={GROUP_MARGIN}, label=<{_space(width, GROUP_LABEL)}>];"


def _node(node: Node) -> str:
    width, height = board_size(node)
    return (
        f"{node.id} [width={clamped(width / _POINTS_AN_INCH, 0.1, 60)},"
        f" height={clamped(height / _POINTS_AN_INCH, 0.1, 60)}]"
    )


def board_size(node: Node) -> tuple[float, float]:
    """Width and height of the card on the board, within reason whatever a document says."""
    return min(max(node.width, 20), 2000), min(max(node.height, 20), 2000)


def _edge(edge: Edge) -> str:
    attributes = [f"id={edge.id}", f"weight={STROKES[edge.kind].weight}"]
    if edge.label:
        width = len(edge.label) * _CHAR_WIDTH + _CHIP_PADDING
        attributes.append(f"label=<{_space(width, _CHIP_HEIGHT)}>")
    if edge.tail_cluster:
        attributes.append(f"ltail=cluster_{edge.tail_cluster}")
    if edge.head_cluster:
        attributes.append(f"lhead=cluster_{edge.head_cluster}")
    return f"{edge.tail} -> {edge.head} [{', '.join(attributes)}]"


def _space(width: float, height: float) -> str:
    """An empty label that takes this much room."""
    return (
        f'<TABLE BORDER="0" CELLBORDER="0" FIXEDSIZE="TRUE" WIDTH="{clamped(round(width), 1, 300)}"'
        f' HEIGHT="{clamped(height, 1, 300)}"><TR><TD></TD></TR></TABLE>'
    )


def read_layout(answer: bytes, graph: LayoutGraph) -> Placed:
    """What Graphviz's `json0` says, by our ids."""
    data: dict[str, Any] = json.loads(answer)
    top = _numbers(data["bb"])[3]
    objects = {item["name"]: item for item in data.get("objects", [])}
    edges = {item["id"]: item for item in data.get("edges", [])}
    return Placed(
        nodes={node.id: _node_box(node, objects[node.id], top) for node in graph.nodes},
        clusters={
            cluster.id: _cluster_box(objects[f"cluster_{cluster.id}"], top)
            for cluster in graph.clusters
            if "bb" in objects[f"cluster_{cluster.id}"]
        },
        edges={edge.id: _line(edges[edge.id], top) for edge in graph.edges},
    )


def _numbers(text: str) -> list[float]:
    return [float(number) for number in text.split(",")]


def _node_box(node: Node, item: dict[str, str], top: float) -> Box:
    x, y = _numbers(item["pos"])[:2]
    width, height = board_size(node)
    return Box(x - width / 2, top - y - height / 2, width, height)


def _cluster_box(item: dict[str, str], top: float) -> Box:
    left, bottom, right, upper = _numbers(item["bb"])
    return Box(left, top - upper, right - left, upper - bottom)


def _line(item: dict[str, str], top: float) -> Line:
    """The ends of the Bezier pieces: with straight pieces they are the whole line."""
    curve = [(x, top - y) for x, y in _curve(item.get("pos", ""))]
    points = [point for n, point in enumerate(curve) if n % 3 == 0]
    points = points[:1] + [b for a, b in pairwise(points) if a != b]
    if "lp" in item:
        x, y = _numbers(item["lp"])[:2]
        return Line(points, (x, top - y))
    return Line(points, middle(points))


def _curve(pos: str) -> list[Point]:
    """The control points of the first spline, without the tips of arrows (s, e)."""
    pairs = [part for part in pos.split(";")[0].split() if part[:2] not in ("s,", "e,")]
    return [(point[0], point[1]) for point in map(_numbers, pairs)]


def middle(points: list[Point]) -> Point:
    """The point halfway along the piece in the middle of a line."""
    if not points:
        return 0.0, 0.0
    a, b = points[(len(points) - 1) // 2], points[len(points) // 2]
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2
