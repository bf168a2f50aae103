"""What is there to say about rated sessions? The whole comparison as JSON, for page and command.

A session with several raters gives a pair for each of them. People are compared with each other on
the same sessions: their agreement is what a machine can be measured against.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from apps.core.json import JsonObject
from apps.scoring.agreement.figures import Figures, confusion, figures_of
from apps.scoring.agreement.levels import NA, SCALE, Levels, Pair, RatedSession

RATERS_FOR_PEOPLE = 2


def report_of(sessions: Sequence[RatedSession], step_of: Mapping[str, str]) -> JsonObject:
    """step_of: the step of each criterion that is compared; other ratings are left out."""
    rated = [pair for pair in pairs_of(sessions) if pair.criterion in step_of]
    pairs = [pair for pair in rated if pair.is_rated]
    return {
        "sessions": len(sessions),
        "raters": len({name for session in sessions for name in session.people}),
        "double_rated": sum(len(one.people) >= RATERS_FOR_PEOPLE for one in sessions),
        "left_out": _left_out(rated),
        "all": row("all", pairs),
        "steps": list(rows(pairs, lambda pair: step_of[pair.criterion], step_of.values())),
        "criteria": list(rows(pairs, lambda pair: pair.criterion, step_of)),
        "people": row("all", [pair for pair in _people(sessions, step_of) if pair.is_rated]),
        "confusion": {"levels": list(SCALE), "counts": [list(one) for one in confusion(pairs)]},
    }


def pairs_of(sessions: Iterable[RatedSession]) -> Iterator[Pair]:
    """Every rating of a person beside the machine's of the same criterion."""
    for session in sessions:
        for levels in session.people.values():
            yield from _pairs(session.name, levels, session.machine)


def rows(
    pairs: Iterable[Pair], key: Callable[[Pair], str], order: Iterable[str]
) -> Iterator[JsonObject]:
    """A row for each key in the given order that has pairs."""
    found: dict[str, list[Pair]] = {name: [] for name in order}
    for pair in pairs:
        found[key(pair)].append(pair)
    return (row(name, of) for name, of in found.items() if of)


def row(name: str, pairs: Sequence[Pair]) -> JsonObject:
    """Figures with NE as level 1, and without the pairs in which either side says NE."""
    numeric = [pair for pair in pairs if pair.is_numeric]
    return {
        "id": name,
        "with_ne": _json(figures_of(pairs)),
        "without_ne": _json(figures_of(numeric)),
    }


def _people(sessions: Iterable[RatedSession], step_of: Mapping[str, str]) -> Iterator[Pair]:
    for session in sessions:
        for one, other in combinations(sorted(session.people), 2):
            for pair in _pairs(session.name, session.people[one], session.people[other]):
                if pair.criterion in step_of:
                    yield pair


def _pairs(session: str, reference: Levels, other: Levels) -> Iterator[Pair]:
    for criterion, level in reference.items():
        if criterion in other:
            yield Pair(session, criterion, level, other[criterion])


def _left_out(pairs: Iterable[Pair]) -> JsonObject:
    """Pairs that are not compared, by who says that the criterion does not apply."""
    sides = [(pair.reference == NA, pair.other == NA) for pair in pairs]
    return {
        "both": sides.count((True, True)),
        "people": sides.count((True, False)),
        "machine": sides.count((False, True)),
    }


def _json(figures: Figures) -> JsonObject:
    return {
        "sessions": figures.sessions,
        "pairs": figures.pairs,
        "exact": _round(figures.exact),
        "near": _round(figures.near),
        "bias": _round(figures.bias),
        "kappa": _round(figures.kappa),
        "interval": [round(end, 3) for end in figures.interval] if figures.interval else None,
    }


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
