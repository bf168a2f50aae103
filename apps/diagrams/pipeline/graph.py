"""What is there to draw? A design document and the looks of its component types -> a LayoutGraph.

The graph knows nothing of DOT or colours in numbers: titles, hues, who is in which group, who is
connected to whom. Its ids are generated (`n1`, `g1`, `e1`), never a user's; `source_id` keeps the
item's id in the document. Stickies, texts and strokes are left out: they have a place on the board
and none in a layout. Ports are left out too, as the layout decides on which side a line arrives.
"""

from collections import Counter, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from apps.designs.document.types import (
    BoardBody,
    ComponentBody,
    ConnectionBody,
    DesignDocument,
    GroupBody,
)
from apps.diagrams.pipeline.escape import one_line
from apps.diagrams.pipeline.themes import DEFAULT_KIND, STROKES, HueName

# Deeper groups are drawn in their ancestor at this depth; far beyond what anybody nests.
MAX_DEPTH = 12


@dataclass(frozen=True)
class Look:
    """How components of one type look: the part of the catalogue that a picture needs."""

    name: str
    icon: str | None
    hue: HueName


PLAIN_LOOK = Look("Component", "component", "slate")


@dataclass(frozen=True)
class Node:
    id: str
    source_id: str
    title: str
    subtitle: str
    icon: str | None
    hue: HueName
    group: str | None
    x: float
    y: float
    width: float
    height: float
    pinned: bool


@dataclass(frozen=True)
class Cluster:
    """A group. Of an empty one, `entry` and `exit` are an unseen node that keeps it open.

    entry, exit: the nodes that stand for it where a connection ends or begins at the group: ones
    that nothing inside leads to, and that lead to nothing inside, so that lines stay short.
    """

    id: str
    source_id: str
    title: str
    hue: HueName
    parent: str | None
    entry: str
    exit: str
    empty: bool


@dataclass(frozen=True)
class Edge:
    """`tail_cluster` and `head_cluster` name the groups at whose border the line ends."""

    id: str
    source_id: str
    tail: str
    head: str
    kind: str
    label: str
    tail_cluster: str | None
    head_cluster: str | None

    @property
    def is_plain(self) -> bool:
        """No label, and from card to card."""
        return not (self.label or self.tail_cluster or self.head_cluster)


@dataclass(frozen=True)
class LayoutGraph:
    title: str
    nodes: list[Node] = field(default_factory=list)
    clusters: list[Cluster] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)

    def kinds(self) -> list[str]:
        """The kinds of connection that occur, in the order of the legend."""
        present = {edge.kind for edge in self.edges}
        return [kind for kind in STROKES if kind in present]

    def outer_first(self) -> list[Cluster]:
        """The groups, each after the one it is in."""
        inner: dict[str | None, list[Cluster]] = {}
        for cluster in self.clusters:
            inner.setdefault(cluster.parent, []).append(cluster)
        ordered = list(inner.get(None, []))
        for cluster in ordered:  # grows while it is walked: breadth first
            ordered += inner.get(cluster.id, [])
        return ordered


def layout_graph(document: DesignDocument, looks: Mapping[str, Look]) -> LayoutGraph:
    board = document["board"]
    names = _generated_ids(board)
    parents = _parents(board["groups"], names)
    nodes = [_node(body, names, parents, looks) for body in board["components"]]
    members = _members(nodes, parents)
    inner = _inner_connections(board["connections"], names, nodes, parents)
    clusters = [_cluster(body, names, parents, members, inner) for body in board["groups"]]
    edges = list(_edges(board["connections"], names, clusters, members))
    return LayoutGraph(one_line(document["title"]), nodes, clusters, edges)


def _generated_ids(board: BoardBody) -> dict[str, str]:
    """The generated id of each component and group, by its id in the document."""
    components = {body["id"]: f"n{n}" for n, body in enumerate(board["components"], 1)}
    groups = {body["id"]: f"g{n}" for n, body in enumerate(board["groups"], 1)}
    return groups | components


def _parents(groups: list[GroupBody], names: Mapping[str, str]) -> dict[str, str | None]:
    """Each group's parent, as a forest of limited depth whatever the document says.

    A parent that does not exist is none. Groups that contain one another have no outermost one:
    the first of them becomes it.
    """
    claimed = {names[body["id"]]: names.get(body["parent"] or "") for body in groups}
    children: dict[str | None, list[str]] = {}
    for group, parent in claimed.items():
        children.setdefault(parent if parent in claimed else None, []).append(group)

    forest: dict[str, str | None] = {}
    for root in children.get(None, []) + list(claimed):
        if root not in forest:
            forest[root] = None
            _adopt(root, children, forest)
    return forest


def _adopt(
    root: str, children: Mapping[str | None, list[str]], forest: dict[str, str | None]
) -> None:
    """Adds all that is inside `root` to the forest, breadth first."""
    queue = deque([(root, 1)])
    while queue:
        group, depth = queue.popleft()
        deep = depth >= MAX_DEPTH
        for child in children.get(group, []):
            if child not in forest:
                forest[child] = forest[group] if deep else group
                queue.append((child, depth if deep else depth + 1))


def _node(
    body: ComponentBody,
    names: Mapping[str, str],
    parents: Mapping[str, str | None],
    looks: Mapping[str, Look],
) -> Node:
    look = looks.get(body["type"], PLAIN_LOOK)
    title, subtitle = _words(body, look)
    group = names.get(body["group"] or "")
    return Node(
        id=names[body["id"]],
        source_id=body["id"],
        title=title,
        subtitle=subtitle,
        icon=look.icon,
        hue=look.hue,
        group=group if group in parents else None,
        x=body["x"],
        y=body["y"],
        width=body["width"],
        height=body["height"],
        pinned=body["pinned"],
    )


def _words(body: ComponentBody, look: Look) -> tuple[str, str]:
    """Title and subtitle: the name over the first line of the notes, else over the type's name."""
    title = one_line(body["name"]) or look.name
    lines = (one_line(line) for line in body["notes"].split("\n"))
    subtitle = next((line for line in lines if line), look.name)
    return title, "" if subtitle == title else subtitle


def _members(nodes: list[Node], parents: Mapping[str, str | None]) -> dict[str, list[Node]]:
    """The nodes inside each group, those of its inner groups too."""
    members: dict[str, list[Node]] = {group: [] for group in parents}
    for node in nodes:
        for group in _upwards(node.group, parents):
            members[group].append(node)
    return members


def _inner_connections(
    bodies: list[ConnectionBody],
    names: Mapping[str, str],
    nodes: list[Node],
    parents: Mapping[str, str | None],
) -> dict[str, list[tuple[str, str]]]:
    """For each group the connections, as pairs of nodes, that have both ends inside it."""
    around = {node.id: list(_upwards(node.group, parents)) for node in nodes}
    inner: dict[str, list[tuple[str, str]]] = {group: [] for group in parents}
    for body in bodies:
        tail, head = names.get(body["source"], ""), names.get(body["target"], "")
        if tail == head:
            continue
        for group in set(around.get(tail, [])) & set(around.get(head, [])):
            inner[group].append((tail, head))
    return inner


def _upwards(group: str | None, parents: Mapping[str, str | None]) -> Iterator[str]:
    """The group and all that it is in."""
    while group is not None:
        yield group
        group = parents[group]


def _cluster(
    body: GroupBody,
    names: Mapping[str, str],
    parents: Mapping[str, str | None],
    members: Mapping[str, list[Node]],
    inner: Mapping[str, list[tuple[str, str]]],
) -> Cluster:
    cluster = names[body["id"]]
    inside = members[cluster]
    unseen = f"a{cluster[1:]}"
    heads = {head for _, head in inner[cluster]}
    tails = {tail for tail, _ in inner[cluster]}
    return Cluster(
        id=cluster,
        source_id=body["id"],
        title=one_line(body["name"]),
        hue=_dominant_hue(inside),
        parent=parents[cluster],
        entry=_first_outside(inside, heads) if inside else unseen,
        exit=_first_outside(inside[::-1], tails) if inside else unseen,
        empty=not inside,
    )


def _first_outside(nodes: list[Node], taken: set[str]) -> str:
    """The first of the nodes that is not among the taken; the first of all where all are."""
    return next((node.id for node in nodes if node.id not in taken), nodes[0].id)


def _dominant_hue(nodes: list[Node]) -> HueName:
    """The most frequent hue; of two equally frequent ones, that of the earlier node."""
    counts = Counter(node.hue for node in nodes)
    return counts.most_common(1)[0][0] if counts else "slate"


def _edges(
    bodies: list[ConnectionBody],
    names: Mapping[str, str],
    clusters: list[Cluster],
    members: Mapping[str, list[Node]],
) -> Iterator[Edge]:
    """The connections whose two ends exist."""
    groups = {cluster.id: cluster for cluster in clusters}
    inside = {group: {node.id for node in nodes} for group, nodes in members.items()}
    for number, body in enumerate(bodies, 1):
        source, target = names.get(body["source"]), names.get(body["target"])
        if source is None or target is None:
            continue
        tail = groups[source].exit if source in groups else source
        head = groups[target].entry if target in groups else target
        if tail == head and target in groups:  # from a member to its own group
            head = _first_outside(members[target], {tail})
        elif tail == head and source in groups:
            tail = _first_outside(members[source], {head})
        yield Edge(
            id=f"e{number}",
            source_id=body["id"],
            tail=tail,
            head=head,
            kind=body["kind"] if body["kind"] in STROKES else DEFAULT_KIND,
            label=one_line(body["label"]),
            # A line cannot end at the border of a group that holds its other end too.
            tail_cluster=source if source in groups and head not in inside[source] else None,
            head_cluster=target if target in groups and tail not in inside[target] else None,
        )
