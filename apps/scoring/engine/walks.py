"""Where do arrows lead? Shortest path, farthest part, all that is reached, and cuts of `Arrows`.

Each walk passes an arrow once or twice at most: a board may hold thousands of them.
"""

from collections import deque
from collections.abc import Collection, Iterable, Mapping

from apps.scoring.engine.graph import Arrows


def without(arrows: Arrows, gone: Collection[str]) -> Arrows:
    """The arrows that are left when some parts are taken away."""
    left_out = frozenset(gone)
    return {
        here: tuple(there for there in targets if there not in left_out)
        for here, targets in arrows.items()
        if here not in left_out
    }


def reversed_arrows(arrows: Arrows) -> Arrows:
    back: dict[str, list[str]] = {here: [] for here in arrows}
    for here, targets in arrows.items():
        for there in targets:
            back[there].append(here)
    return {here: tuple(sources) for here, sources in back.items()}


def shortest(arrows: Arrows, sources: Iterable[str], targets: Iterable[str]) -> list[str]:
    """The parts of a shortest path of at least one arrow, both ends included; empty if none."""
    goal = set(targets)
    came: dict[str, str | None] = {source: None for source in sources if source in arrows}
    queue = deque(came)
    while queue:
        here = queue.popleft()
        for there in arrows[here]:
            if there in goal and there != here:
                return [*_trail(came, here), there]
            if there not in came:
                came[there] = here
                queue.append(there)
    return []


def farthest(arrows: Arrows, sources: Iterable[str]) -> list[str]:
    """The parts on a shortest path to the part that is the most arrows away."""
    came: dict[str, str | None] = {source: None for source in sources if source in arrows}
    queue = deque(came)
    last = ""
    while queue:
        last = queue.popleft()
        for there in arrows[last]:
            if there not in came:
                came[there] = last
                queue.append(there)
    return _trail(came, last) if last else []


def reached(arrows: Arrows, sources: Iterable[str]) -> set[str]:
    """The parts that arrows lead to from any of these, which are among them themselves."""
    found = {source for source in sources if source in arrows}
    waiting = list(found)
    while waiting:
        for there in arrows[waiting.pop()]:
            if there not in found:
                found.add(there)
                waiting.append(there)
    return found


def cuts(arrows: Arrows, sources: Collection[str], targets: Collection[str]) -> list[str]:
    """Parts between them without any one of which no target is reached, in the order of the way.

    All of them lie on any one way. Going along it, a part is a cut if no leap around it has
    been seen from the parts before.
    """
    way = shortest(arrows, sources, targets)
    places = {id_: place for place, id_ in enumerate(way)} | dict.fromkeys(targets, len(way) - 1)
    seen = {source for source in sources if source in arrows}
    starts, leap, found = sorted(seen), 0, []
    for place, here in enumerate(way[:-1]):
        if place > 0:
            starts = [here]
            if leap == place:
                found.append(here)
        leap = max(leap, _leap(arrows, starts, places, seen))
    return found


def _leap(arrows: Arrows, starts: Iterable[str], places: Mapping[str, int], seen: set[str]) -> int:
    """How far along the way one comes from here over parts beside it. Adds those to `seen`."""
    best, waiting = 0, list(starts)
    while waiting:
        for there in arrows[waiting.pop()]:
            best = max(best, places.get(there, 0))
            if there not in places and there not in seen:
                seen.add(there)
                waiting.append(there)
    return best


def _trail(came: Mapping[str, str | None], end: str) -> list[str]:
    trail = [end]
    while (before := came[trail[-1]]) is not None:
        trail.append(before)
    return trail[::-1]
