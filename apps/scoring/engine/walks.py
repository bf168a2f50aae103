"""Where do arrows lead? Shortest path, all that is reached, cuts and long rows of `Arrows`."""

from collections import deque
from collections.abc import Collection, Iterable

from apps.scoring.engine.graph import Arrows

# Rows longer than this are not measured: every rule that asks is content with less.
LONGEST_ROW = 12


def without(arrows: Arrows, gone: Collection[str]) -> Arrows:
    """The arrows that are left when some parts are taken away."""
    return {
        here: tuple(there for there in targets if there not in gone)
        for here, targets in arrows.items()
        if here not in gone
    }


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
    """Parts between them without any one of which no target is reached. None if none is anyway."""
    if not shortest(arrows, sources, targets):
        return []
    between = reached(arrows, sources) - set(sources) - set(targets)
    return [
        id_ for id_ in arrows if id_ in between and not _connects(arrows, id_, sources, targets)
    ]


def longest_row(arrows: Arrows, sources: Iterable[str]) -> list[str]:
    """The parts of a longest row of arrows that passes no part twice."""
    longest: list[str] = []
    waiting = [[source] for source in sources if source in arrows]
    while waiting:
        row = waiting.pop()
        if len(row) > len(longest):
            longest = row
        if len(longest) > LONGEST_ROW:
            break
        waiting += [[*row, there] for there in arrows[row[-1]] if there not in row]
    return longest


def _connects(
    arrows: Arrows, gone: str, sources: Collection[str], targets: Collection[str]
) -> bool:
    return bool(shortest(without(arrows, {gone}), sources, targets))


def _trail(came: dict[str, str | None], end: str) -> list[str]:
    trail = [end]
    while (before := came[trail[-1]]) is not None:
        trail.append(before)
    return trail[::-1]
