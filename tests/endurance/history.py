"""Did the board keep its promises? A history of what everybody did and saw, against what remains.

Pieces of a board (a card, one of its values, a token in a text) have paths; at any time at most
one version of a piece is there, and each version was made once. `frontend/tests-node/endurance`
writes such histories. The checks know nothing of servers, sockets or Yjs: a fabricated history
does as well.

A version or a deletion is *promised* when its maker was told that it is stored, or when somebody
else has seen it: nothing may be shown that can still be lost.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from apps.core.json import Json


@dataclass(frozen=True, slots=True)
class Effect:
    """One version took the place of another; None: there was, or is, nothing."""

    path: str
    new: str | None
    old: str | None
    value: Json = None


@dataclass(frozen=True, slots=True)
class Edit:
    """What one seat did in one go, and whether it was told that it is stored."""

    seat: int
    number: int
    effects: tuple[Effect, ...]
    is_acknowledged: bool = False


@dataclass(frozen=True, slots=True)
class Sight:
    """What one seat saw of the doings of others."""

    seat: int
    effects: tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class History:
    """troubles: what no honest seat should meet, such as a refusal or being sent away for good."""

    edits: Sequence[Edit] = ()
    sights: Sequence[Sight] = ()
    troubles: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Remains:
    """The board in the end. residue: what is left of the texts without their tokens."""

    pieces: Mapping[str, tuple[str, Json]] = field(default_factory=dict)
    residue: str = ""


def history_of(events: Iterable[Mapping[str, Any]]) -> History:
    """From the log of the seats, one event after the other."""
    made: dict[tuple[int, int], tuple[Effect, ...]] = {}
    acknowledged: set[tuple[int, int]] = set()
    sights: list[Sight] = []
    troubles: list[str] = []
    for event in events:
        match event:
            case {"kind": "made", "seat": seat, "number": number, "effects": effects}:
                made[seat, number] = _effects(effects)
            case {"kind": "acked", "seat": seat, "number": number}:
                acknowledged.add((seat, number))
            case {"kind": "seen", "seat": seat, "effects": effects}:
                sights.append(Sight(seat, _effects(effects)))
            case {"kind": "sent" | "reloaded"}:
                pass
            case _:
                troubles.append(f"an honest seat met {event}")
    edits = [Edit(*key, effects, key in acknowledged) for key, effects in made.items()]
    return History(edits, sights, tuple(troubles))


def story_of(paths: Collection[str], events: Iterable[Mapping[str, Any]]) -> list[str]:
    """What the log of the seats tells of these paths, a line for each event, in its order."""
    told = []
    numbers: set[tuple[int, int]] = set()
    for event in events:
        match event:
            case {"kind": "made" | "seen" as kind, "seat": seat, "effects": effects}:
                met = [f"{e.path} {e.old} -> {e.new}" for e in _effects(effects) if e.path in paths]
                if met and kind == "made":
                    numbers.add((seat, event["number"]))
                if met:
                    told.append(f"seat {seat} {kind} {event.get('number', '')}: {', '.join(met)}")
            case {"kind": "sent" | "acked" as kind, "seat": seat, "number": number}:
                if (seat, number) in numbers:
                    told.append(f"seat {seat} {kind} {number}")
            case {"kind": "reloaded", "seat": seat, "keepsEdits": keeps}:
                told.append(f"seat {seat} reloaded, {'with' if keeps else 'without'} what it kept")
    return told


def _effects(raw: Iterable[Sequence[Any]]) -> tuple[Effect, ...]:
    return tuple(Effect(*one) for one in raw)


def faults_in(history: History, remains: Remains) -> list[str]:
    """One sentence for each broken promise; none if all were kept."""
    promises = _Promises(history)
    paths = set(promises.by_path) | set(remains.pieces)
    found = [
        fault
        for path in sorted(paths)
        if _is_open(path, remains)
        for fault in _faults_at(path, promises, remains.pieces.get(path))
    ]
    if remains.residue:
        found.append(f"the texts hold {remains.residue!r}, which nobody has typed")
    return [*history.troubles, *found]


def _is_open(path: str, remains: Remains) -> bool:
    """The values of a card count only while that version of the card is on the board."""
    card, mark, rest = path.partition("#")
    version = rest.partition("/")[0]
    return not mark or remains.pieces.get(card, ("", None))[0] == version


Key = tuple[str, str]  # path, and what came to be there: a version, or the end of one


def _key(effect: Effect) -> Key:
    return effect.path, effect.new or f"end of {effect.old}"


class _Promises:
    """Every effect by its path, and which were promised."""

    def __init__(self, history: History) -> None:
        self.by_path: dict[str, list[Effect]] = defaultdict(list)
        self._promised: set[Key] = set()
        makers: dict[Key, set[int]] = defaultdict(set)
        for edit in history.edits:
            for effect in edit.effects:
                self.by_path[effect.path].append(effect)
                makers[_key(effect)].add(edit.seat)
            if edit.is_acknowledged:
                self._promised.update(map(_key, edit.effects))
        self._promised.update(_seen_by_others(history.sights, makers))

    def include(self, effect: Effect) -> bool:
        return _key(effect) in self._promised


def _seen_by_others(sights: Iterable[Sight], makers: Mapping[Key, set[int]]) -> Iterator[Key]:
    for sight in sights:
        for effect in sight.effects:
            made_by = makers.get(_key(effect), set())
            # A seat that was reloaded sees again what it had kept itself: that shows nothing, even
            # if somebody else has deleted the same card meanwhile.
            if made_by and sight.seat not in made_by:
                yield _key(effect)


def _faults_at(path: str, promises: _Promises, there: tuple[str, Json] | None) -> Iterator[str]:
    effects = promises.by_path.get(path, [])
    if there is None:
        yield from _faults_of_absent(path, effects, promises)
    else:
        yield from _faults_of_present(path, effects, promises, *there)


def _faults_of_present(
    path: str, effects: Sequence[Effect], promises: _Promises, version: str, value: Json
) -> Iterator[str]:
    if path.endswith("!2"):
        yield f"{path}: is there twice"
    makers = [effect for effect in effects if effect.new == version]
    if not makers:
        yield f"{path}: {version} is there, but nobody made it"
    elif makers[0].value != value:
        yield f"{path}: {version} was made as {makers[0].value!r} and is {value!r} now"
    before = _ancestors(effects)
    for effect in effects:
        replaced = effect.old
        if replaced is None or not promises.include(effect):
            continue
        if version == replaced or version in before[replaced]:
            did = f"{effect.new} replaced it" if effect.new else "it was deleted"
            yield f"{path}: {version} is there, although {did} and that was promised"


def _faults_of_absent(path: str, effects: Sequence[Effect], promises: _Promises) -> Iterator[str]:
    """Something promised may be away only if somebody deleted it, or what came after it."""
    promised = {e.new for e in effects if e.new is not None and promises.include(e)}
    if not promised:
        return
    before = _ancestors(effects)
    deleted = {effect.old for effect in effects if effect.new is None}
    if not any(all(one not in before[version] for version in promised) for one in deleted):
        yield f"{path}: {', '.join(sorted(promised))} was promised and is lost"


def _ancestors(effects: Sequence[Effect]) -> dict[str | None, set[str]]:
    """For each version, those that it came after."""
    old = {effect.new: effect.old for effect in effects if effect.new is not None}
    before: dict[str | None, set[str]] = defaultdict(set)
    for version in old:
        step = old[version]
        while step is not None and step not in before[version]:
            before[version].add(step)
            step = old.get(step)
    return before
