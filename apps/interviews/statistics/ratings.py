"""What did which rater give in which session? The rows that every figure is made of."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from statistics import median
from typing import Final, TypeAlias

from apps.scoring.agreement.levels import NUMBERS, Pair

LEVELS: Final = NUMBERS
Levels: TypeAlias = Mapping[str, float]  # by rater


@dataclass(frozen=True, slots=True)
class Unit:
    """One item (a step) of one session as people and the machine rated it.

    people: levels by rater, without those who gave none. month: "2026-11", when it was rated.
    """

    session: str
    item: str
    people: Levels
    machine: float | None = None
    month: str = ""


def people_pairs(units: Iterable[Unit]) -> Iterator[Pair]:
    """Every two raters of a unit; the reference is whose id comes first."""
    for unit in units:
        for (_, one), (_, other) in combinations(sorted(unit.people.items()), 2):
            yield Pair(unit.session, unit.item, as_level(one), as_level(other))


def machine_pairs(units: Iterable[Unit]) -> Iterator[Pair]:
    """Every rater beside the machine; the reference is the person."""
    for unit in units:
        if unit.machine is None:
            continue
        for _, level in sorted(unit.people.items()):
            yield Pair(unit.session, unit.item, as_level(level), as_level(unit.machine))


def panel_pairs(units: Iterable[Unit]) -> Iterator[Pair]:
    """The panel's median beside the machine."""
    for unit in units:
        if unit.machine is not None and unit.people:
            middle = as_level(median(unit.people.values()))
            yield Pair(unit.session, unit.item, middle, as_level(unit.machine))


def rater_pairs(units: Iterable[Unit], rater: str) -> Iterator[Pair]:
    """The rater beside each of the others; the reference is the other."""
    for unit in units:
        if rater not in unit.people:
            continue
        own = as_level(unit.people[rater])
        for name, level in sorted(unit.people.items()):
            if name != rater:
                yield Pair(unit.session, unit.item, as_level(level), own)


def as_level(value: float) -> int:
    """The nearest level, halves upwards. Raises ValueError outside of the scale."""
    level = int(value + 0.5)
    if level not in LEVELS:
        raise ValueError(f"{value} is not on the scale of {LEVELS[0]} to {LEVELS[-1]}")
    return level
