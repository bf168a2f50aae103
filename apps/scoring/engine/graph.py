"""What does the board show? A typed graph of the named, connected parts, and predicates over it.

Predicates come from the rubric as data; each is `{kind: arguments}`:
    exists: [type, ...]                     one of them is there
    path: {from, to, through?}              arrows lead there (past one of `through`)
    feeds: {from, to, except?}              a direct arrow
    incoming: {to, kind}                    an arrow of that kind arrives
    named | connected | labelled: {least, of}   share of the parts, once there are `of` of them
    orphans: {}                             parts without any connection
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from apps.designs.document.types import BoardBody, ComponentBody, ConnectionBody

Data = Mapping[str, Any]
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
    forward: dict[str, tuple[str, ...]]
    orphans: tuple[str, ...]

    def of_types(self, wanted: Iterable[str]) -> list[str]:
        types = frozenset(wanted)
        return [id_ for id_, type_ in self.types.items() if type_ in types]


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


def _forward(edges: tuple[Edge, ...], types: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """Where one can go from each part. A request brings an answer, so it is walked both ways."""
    steps: dict[str, dict[str, None]] = {id_: {} for id_ in types}
    for edge in edges:
        if edge.source in types and edge.target in types:
            steps[edge.source][edge.target] = None
            if edge.kind == "request":
                steps[edge.target][edge.source] = None
    return {id_: tuple(targets) for id_, targets in steps.items()}


@dataclass(frozen=True, slots=True)
class Shown:
    """A predicate that holds, and on which parts. is_whole: it shows all that is asked."""

    components: tuple[str, ...]
    connection: str | None
    is_path: bool
    is_whole: bool


class Predicates:
    """Answers predicates over one graph. groups: names of type groups, used as "@name"."""

    def __init__(self, graph: Graph, groups: Mapping[str, list[str]]) -> None:
        self.graph = graph
        self.groups = groups
        self.kinds: dict[str, Callable[[Any], Shown | None]] = {
            "exists": self._exists,
            "path": self._path,
            "feeds": self._feeds,
            "incoming": self._incoming,
            "named": self._named,
            "connected": self._connected,
            "labelled": self._labelled,
            "orphans": self._orphans,
        }

    def holds(self, predicate: Data) -> Shown | None:
        kind = next(name for name in predicate if name in self.kinds)
        shown = self.kinds[kind](predicate[kind])
        if shown is None or not predicate.get("whole", False):
            return shown
        return Shown(shown.components, shown.connection, shown.is_path, is_whole=True)

    def types(self, wanted: Iterable[str]) -> list[str]:
        return [
            type_
            for name in wanted
            for type_ in (self.groups[name[1:]] if name.startswith("@") else [name])
        ]

    def _of(self, wanted: Iterable[str]) -> list[str]:
        return self.graph.of_types(self.types(wanted))

    def _exists(self, wanted: list[str]) -> Shown | None:
        found = self._of(wanted)
        return Shown(tuple(found[:3]), None, False, False) if found else None

    def _path(self, ends: Data) -> Shown | None:
        sources, targets = self._of(ends["from"]), self._of(ends["to"])
        through = self._of(ends["through"]) if "through" in ends else None
        if through is None:
            return self._shortest(sources, targets)
        first = self._shortest(sources, through)
        second = self._shortest([first.components[-1]], targets) if first else None
        if first is None or second is None:
            return None
        return Shown(first.components + second.components[1:], None, True, False)

    def _shortest(self, sources: list[str], targets: list[str]) -> Shown | None:
        goal = set(targets)
        came: dict[str, str | None] = dict.fromkeys(sources)
        queue = deque(sources)
        while queue:
            here = queue.popleft()
            for there in self.graph.forward[here]:
                if there in goal and there != here:
                    return Shown((*_trail(came, here), there), None, True, False)
                if there not in came:
                    came[there] = here
                    queue.append(there)
        return None

    def _feeds(self, ends: Data) -> Shown | None:
        sources, targets = set(self._of(ends["from"])), set(self._of(ends["to"]))
        targets -= set(self._of(ends.get("except", ())))
        for edge in self.graph.edges:
            if edge.source in sources and edge.target in targets:
                return Shown((edge.source, edge.target), edge.id, True, False)
        return None

    def _incoming(self, end: Data) -> Shown | None:
        targets = set(self._of(end["to"]))
        for edge in self.graph.edges:
            if edge.target in targets and edge.kind == end["kind"]:
                return Shown((edge.source, edge.target), edge.id, True, False)
        return None

    def _named(self, share: Data) -> Shown | None:
        components = self.graph.components
        named = [id_ for id_, component in components.items() if component["name"].strip()]
        return self._share(named, len(components), share)

    def _connected(self, share: Data) -> Shown | None:
        return self._share(list(self.graph.types), len(self.graph.components), share)

    def _labelled(self, share: Data) -> Shown | None:
        edges = self.graph.edges
        labelled = [edge for edge in edges if edge.label.strip()]
        enough = len(edges) >= share["of"] and len(labelled) >= share["least"] * len(edges)
        return Shown((), labelled[0].id, True, False) if enough else None

    def _share(self, those: list[str], total: int, share: Data) -> Shown | None:
        connected = [id_ for id_ in those if id_ in self.graph.types]
        enough = len(connected) >= share["of"] and len(those) >= share["least"] * total
        return Shown(tuple(connected[:3]), None, False, False) if enough else None

    def _orphans(self, _: Data) -> Shown | None:
        orphans = self.graph.orphans
        return Shown(orphans, None, False, False) if orphans else None


def _trail(came: dict[str, str | None], end: str) -> list[str]:
    trail = [end]
    while (before := came[trail[-1]]) is not None:
        trail.append(before)
    return trail[::-1]
