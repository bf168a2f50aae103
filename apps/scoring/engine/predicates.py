"""Is something to be seen on the board? Predicates over its graph, as rubrics and rules have them.

Each is data, `{kind: arguments}`. Where types are listed, "@name" is a group of them and "*" is
any part. A path follows every arrow, and a request both ways, since an answer comes back; with
`by` it follows only arrows of those kinds, the way they point.

    exists: [type, ...]                      one of them is there
    count: {of, least?, most?}               so many of them are there
    path: {from, to, through?, avoiding?, by?}   arrows lead there, past one of `through`
    feeds: {from, to, except?}               a direct arrow
    incoming: {to, kind}                     an arrow of that kind arrives
    outgoing: {from, kind}                   an arrow of that kind leaves
    meet: {these, those, before}             both lead to one part, which leads on to `before`
    common_source: {of, by}                  one part leads to all of them, of which there are two
    bottleneck: {from, to, except?, unsaid}  every request passes one part that says none of this
    row: {from, longer}                      a part is more than so many requests away
    noted: {of, words, least?}               a card says one of the words, or `least` of them
    written: {steps, words}                  the notes of one of the steps say one of the words
    sized: {of, units, above?, below?, saying?}  a card gives a number of such units
    orphans: {}                              parts without any connection
    dead_ends: {except}                      parts that something is sent to and that send nothing
    named | connected | labelled: {least, of}    share of the parts, once there are `of` of them
    any | all | none: [predicate, ...]       one of them holds, each does, none does
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from apps.scoring.engine.cards import cards_of, fold, said, sizes
from apps.scoring.engine.graph import Arrows, Edge, Graph
from apps.scoring.engine.walks import cuts, farthest, reached, reversed_arrows, shortest, without

Data = Mapping[str, Any]
ANY_PART: Final = "*"
# A finding names so many of the parts that a share or a type speaks of.
NAMED: Final = 3
# Of more parts that should have one source, so many stand for all.
RELATED: Final = 20


@dataclass(frozen=True, slots=True)
class Shown:
    """A predicate that holds, and on which parts. is_whole: it shows all that is asked."""

    components: tuple[str, ...] = ()
    connection: str | None = None
    is_path: bool = False
    is_whole: bool = False


@dataclass
class Predicates:
    """Answers predicates over one graph.

    groups: types by the name that "@name" calls them. notes: the text of each step, by its id.
    """

    graph: Graph
    groups: Mapping[str, list[str]]
    notes: Mapping[str, str] = field(default_factory=dict)

    def holds(self, predicate: Data) -> Shown | None:
        kind = next(name for name in predicate if name in _KINDS)
        shown = _KINDS[kind](self, predicate[kind])
        if shown is None or not predicate.get("whole", False):
            return shown
        return Shown(shown.components, shown.connection, shown.is_path, is_whole=True)

    def parts(self, wanted: Iterable[str]) -> list[str]:
        """The parts of these types, in the order of ids."""
        types = self._types(wanted)
        return list(self.graph.types) if ANY_PART in types else self.graph.of_types(types)

    def _types(self, wanted: Iterable[str]) -> list[str]:
        return [
            type_
            for name in wanted
            for type_ in (self.groups[name[1:]] if name.startswith("@") else [name])
        ]

    def _exists(self, wanted: list[str]) -> Shown | None:
        found = self.parts(wanted)
        return Shown(tuple(found[:NAMED])) if found else None

    def _count(self, count: Data) -> Shown | None:
        found = self.parts(count["of"])
        enough = count.get("least", 0) <= len(found) <= count.get("most", len(found))
        return Shown(tuple(found[:NAMED])) if enough else None

    def _path(self, ends: Data) -> Shown | None:
        arrows = self._arrows(ends)
        sources, targets = self.parts(ends["from"]), self.parts(ends["to"])
        if "through" not in ends:
            return _shown_path(shortest(arrows, sources, targets))
        first = shortest(arrows, sources, self.parts(ends["through"]))
        second = shortest(arrows, first[-1:], targets)
        return _shown_path(first + second[1:]) if second else None

    def _arrows(self, ends: Data) -> Arrows:
        arrows = self.graph.arrows(ends["by"]) if "by" in ends else self.graph.forward
        return without(arrows, self.parts(ends.get("avoiding", ())))

    def _feeds(self, ends: Data) -> Shown | None:
        sources, targets = set(self.parts(ends["from"])), set(self.parts(ends["to"]))
        targets.difference_update(self.parts(ends.get("except", ())))
        return self._edge(lambda edge: edge.source in sources and edge.target in targets)

    def _incoming(self, end: Data) -> Shown | None:
        targets = set(self.parts(end["to"]))
        return self._edge(lambda edge: edge.target in targets and edge.kind == end["kind"])

    def _outgoing(self, end: Data) -> Shown | None:
        sources = set(self.parts(end["from"]))
        return self._edge(lambda edge: edge.source in sources and edge.kind == end["kind"])

    def _edge(self, is_meant: Callable[[Edge], bool]) -> Shown | None:
        edge = next(filter(is_meant, self.graph.edges), None)
        return Shown((edge.source, edge.target), edge.id, is_path=True) if edge else None

    def _meet(self, ends: Data) -> Shown | None:
        arrows = self._arrows(ends)
        goal = self.parts(ends["before"])
        both = reached(arrows, self.parts(ends["these"])) & reached(
            arrows, self.parts(ends["those"])
        )
        meeting = [id_ for id_ in arrows if id_ in both.difference(goal)]
        return _shown_path(shortest(arrows, meeting, goal))

    def _common_source(self, ends: Data) -> Shown | None:
        """A part reaches itself too: one that trains the other is their source."""
        wanted = self.parts(ends["of"])[:RELATED]
        back = reversed_arrows(self._arrows(ends))
        origins = [reached(back, [id_]) for id_ in wanted]
        if len(wanted) < 2 or not (shared := set.intersection(*origins)):
            return None
        return Shown((min(shared), *wanted))

    def _bottleneck(self, ends: Data) -> Shown | None:
        spared = set(self.parts(ends.get("except", ())))
        sources, targets = self.parts(ends["from"]), self.parts(ends["to"])
        alone = [
            id_
            for id_ in cuts(self.graph.arrows(["request"]), sources, targets)
            if id_ not in spared and not said(self._cards[id_], ends["unsaid"])
        ]
        return Shown(tuple(alone[:NAMED])) if alone else None

    def _row(self, row: Data) -> Shown | None:
        parts = farthest(self.graph.arrows(["request"]), self.parts(row["from"]))
        return _shown_path(parts) if len(parts) - 1 > row["longer"] else None

    def _noted(self, wanted: Data) -> Shown | None:
        least = wanted.get("least", 1)
        for id_ in self.parts(wanted["of"]):
            if len(said(self._cards[id_], wanted["words"])) >= least:
                return Shown((id_,))
        return None

    def _written(self, wanted: Data) -> Shown | None:
        texts = map(self._text, wanted["steps"])
        return Shown() if any(said(text, wanted["words"]) for text in texts) else None

    def _text(self, step: str) -> str:
        if step not in self._texts:
            self._texts[step] = fold(self.notes.get(step, ""))
        return self._texts[step]

    def _sized(self, wanted: Data) -> Shown | None:
        low, high = wanted.get("above", float("-inf")), wanted.get("below", float("inf"))
        for id_ in self.parts(wanted["of"]):
            fits = "saying" not in wanted or said(self._cards[id_], wanted["saying"])
            found = sizes(self.graph.components[id_], wanted["units"])
            if fits and any(low < size < high for size in found):
                return Shown((id_,))
        return None

    @cached_property
    def _cards(self) -> dict[str, str]:
        return cards_of(self.graph)

    @cached_property
    def _texts(self) -> dict[str, str]:
        """Of the steps that were asked for."""
        return {}

    def _orphans(self, _: Data) -> Shown | None:
        orphans = self.graph.orphans
        return Shown(orphans) if orphans else None

    def _dead_ends(self, spared: Data) -> Shown | None:
        alive = set(self.parts(spared["except"]))
        for edge in self.graph.edges:
            alive.add(edge.source)
            if edge.kind == "request":  # it sends the answer
                alive.add(edge.target)
        dead = tuple(id_ for id_ in self.graph.types if id_ not in alive)
        return Shown(dead) if dead else None

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
        return Shown((), labelled[0].id, is_path=True) if enough else None

    def _share(self, those: list[str], total: int, share: Data) -> Shown | None:
        connected = [id_ for id_ in those if id_ in self.graph.types]
        enough = len(connected) >= share["of"] and len(those) >= share["least"] * total
        return Shown(tuple(connected[:NAMED])) if enough else None

    def _any(self, predicates: list[Data]) -> Shown | None:
        found = (self.holds(predicate) for predicate in predicates)
        return next((shown for shown in found if shown is not None), None)

    def _all(self, predicates: list[Data]) -> Shown | None:
        parts: dict[str, None] = {}
        for predicate in predicates:
            shown = self.holds(predicate)
            if shown is None:
                return None
            parts.update(dict.fromkeys(shown.components))
        return Shown(tuple(parts))

    def _none(self, predicates: list[Data]) -> Shown | None:
        return None if self._any(predicates) else Shown()


def _shown_path(parts: list[str]) -> Shown | None:
    return Shown(tuple(parts), is_path=True) if parts else None


_KINDS: Final[dict[str, Callable[[Predicates, Any], Shown | None]]] = {
    "exists": Predicates._exists,
    "count": Predicates._count,
    "path": Predicates._path,
    "feeds": Predicates._feeds,
    "incoming": Predicates._incoming,
    "outgoing": Predicates._outgoing,
    "meet": Predicates._meet,
    "common_source": Predicates._common_source,
    "bottleneck": Predicates._bottleneck,
    "row": Predicates._row,
    "noted": Predicates._noted,
    "written": Predicates._written,
    "sized": Predicates._sized,
    "orphans": Predicates._orphans,
    "dead_ends": Predicates._dead_ends,
    "named": Predicates._named,
    "connected": Predicates._connected,
    "labelled": Predicates._labelled,
    "any": Predicates._any,
    "all": Predicates._all,
    "none": Predicates._none,
}
