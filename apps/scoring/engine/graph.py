"""What is on the board? Its named, connected parts as a typed graph."""

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias

from apps.designs.document.types import BoardBody, ComponentBody, ConnectionBody

# Where one can go from each part, in the order of ids.
Arrows: TypeAlias = dict[str, tuple[str, ...]]
# A part whose type is this is recognised by its name.
OTHER: Final = "other"


@dataclass(frozen=True, slots=True)
class Edge:
    id: str
    source: str
    target: str
    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class Graph:
    """types: component id -> type, of the named and connected; everything in the order of ids."""

    components: dict[str, ComponentBody]
    types: dict[str, str]
    edges: tuple[Edge, ...]
    forward: Arrows
    orphans: tuple[str, ...]

    def of_types(self, wanted: Iterable[str]) -> list[str]:
        types = frozenset(wanted)
        return [id_ for id_, type_ in self.types.items() if type_ in types]

    def arrows(self, kinds: Container[str]) -> Arrows:
        """Along the arrows of these kinds only, and only the way they point."""
        steps: dict[str, dict[str, None]] = {id_: {} for id_ in self.types}
        for edge in self.edges:
            if edge.kind in kinds and edge.source in steps and edge.target in steps:
                steps[edge.source][edge.target] = None
        return {id_: tuple(targets) for id_, targets in steps.items()}


def graph_of(board: BoardBody, recognise: Callable[[str], str | None]) -> Graph:
    """recognise: the type that a name speaks of, for parts of the type `other`."""
    components = {one["id"]: one for one in sorted(board["components"], key=_by_id)}
    edges = tuple(
        edge
        for connection in sorted(board["connections"], key=_by_id)
        for edge in _edges(connection, board, components)
    )
    linked = {end for edge in edges for end in (edge.source, edge.target)}
    types = {
        id_: _type(component, recognise)
        for id_, component in components.items()
        if id_ in linked and component["name"].strip()
    }
    orphans = tuple(id_ for id_ in components if id_ not in linked)
    return Graph(components, types, edges, _forward(edges, types), orphans)


def _by_id(item: ComponentBody | ConnectionBody) -> str:
    """The order of lists is that of painting; a score does not depend on it."""
    return item["id"]


def _type(component: ComponentBody, recognise: Callable[[str], str | None]) -> str:
    if component["type"] != OTHER:
        return component["type"]
    return recognise(component["name"]) or OTHER


def _edges(
    connection: ConnectionBody, board: BoardBody, components: dict[str, ComponentBody]
) -> Iterable[Edge]:
    """A connection to a group stands for one to each of its members."""
    for source in _members(connection["source"], board, components):
        for target in _members(connection["target"], board, components):
            if source != target:
                yield Edge(
                    connection["id"], source, target, connection["kind"], connection["label"]
                )


def _members(end: str, board: BoardBody, components: dict[str, ComponentBody]) -> list[str]:
    if end in components:
        return [end]
    inside = {end}
    for _ in board["groups"]:
        grown = inside | {group["id"] for group in board["groups"] if group["parent"] in inside}
        if grown == inside:
            break
        inside = grown
    return [id_ for id_, component in components.items() if component["group"] in inside]


def _forward(edges: tuple[Edge, ...], types: dict[str, str]) -> Arrows:
    """Where one can go from each part. A request brings an answer, so it is walked both ways."""
    steps: dict[str, dict[str, None]] = {id_: {} for id_ in types}
    for edge in edges:
        if edge.source in types and edge.target in types:
            steps[edge.source][edge.target] = None
            if edge.kind == "request":
                steps[edge.target][edge.source] = None
    return {id_: tuple(targets) for id_, targets in steps.items()}
