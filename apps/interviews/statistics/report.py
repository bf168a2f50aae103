"""What is there to say about double-rated sessions? All figures of the page of calibration."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from apps.interviews.statistics.alpha import alpha, coincidences
from apps.interviews.statistics.bootstrap import interval
from apps.interviews.statistics.icc import OneWay, one_way
from apps.interviews.statistics.raters import RaterFigures, rater_figures
from apps.interviews.statistics.ratings import (
    LEVELS,
    Unit,
    as_level,
    machine_pairs,
    panel_pairs,
    people_pairs,
)
from apps.scoring.agreement.figures import Sums, add, quadratic_kappa, sums_of
from apps.scoring.agreement.levels import Pair, as_number

MIN_SESSIONS: Final = 10  # with fewer, figures are hidden
VALID_SESSIONS: Final = 30
VALID_KAPPA: Final = 0.61
ALL: Final = "all"

Interval = tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of pairs of ratings. exact and near (one level apart at most) are shares."""

    sessions: int
    pairs: int
    exact: float | None
    near: float | None
    kappa: float | None
    interval: Interval


@dataclass(frozen=True, slots=True)
class Alpha:
    value: float | None
    interval: Interval


@dataclass(frozen=True, slots=True)
class ItemRow:
    item: str
    people: Agreement
    machine: Agreement
    icc: OneWay | None


@dataclass(frozen=True, slots=True)
class Report:
    """confusion: rows are the machine's levels 1 to 4, columns the panel's median."""

    sessions: int
    units: int
    rows: list[ItemRow]
    alpha_people: Alpha
    alpha_with_machine: Alpha
    confusion: list[list[int]]
    raters: list[RaterFigures]
    is_valid: bool

    @property
    def is_shown(self) -> bool:
        return self.sessions >= MIN_SESSIONS


def report_of(units: Iterable[Unit], order: Sequence[str]) -> Report:
    """Of the double-rated sessions among the units. order: the items, as they are listed."""
    double = double_rated(units)
    by_item: dict[str, list[Unit]] = defaultdict(list)
    for unit in double:
        by_item[unit.item].append(unit)
    rows = [
        _row(ALL, double),
        *(_row(item, by_item[item]) for item in order if item in by_item),
    ]
    sessions = len({unit.session for unit in double})
    return Report(
        sessions=sessions,
        units=len(double),
        rows=rows,
        alpha_people=_alpha(double, with_machine=False),
        alpha_with_machine=_alpha(double, with_machine=True),
        confusion=confusion(panel_pairs(double)),
        raters=rater_figures(double),
        is_valid=_is_valid(sessions, rows[0]),
    )


def double_rated(units: Iterable[Unit]) -> list[Unit]:
    """Units that two people or more gave a level."""
    return [unit for unit in units if len(unit.people) > 1]


def confusion(pairs: Iterable[Pair]) -> list[list[int]]:
    counts = [[0] * len(LEVELS) for _ in LEVELS]
    for pair in pairs:
        counts[as_number(pair.other) - 1][as_number(pair.reference) - 1] += 1
    return counts


def agreement_of(pairs: Iterable[Pair]) -> Agreement:
    parts = _sums_by_session(pairs)
    whole = add(parts)
    return Agreement(
        sessions=len(parts),
        pairs=whole.pairs,
        exact=whole.exact / whole.pairs if whole.pairs else None,
        near=whole.near / whole.pairs if whole.pairs else None,
        kappa=quadratic_kappa(whole),
        interval=_kappa_interval(parts),
    )


def _row(item: str, units: Sequence[Unit]) -> ItemRow:
    return ItemRow(
        item=item,
        people=agreement_of(people_pairs(units)),
        machine=agreement_of(machine_pairs(units)),
        icc=one_way([list(unit.people.values()) for unit in units]),
    )


def _sums_by_session(pairs: Iterable[Pair]) -> list[Sums]:
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for pair in pairs:
        found[pair.session].append((as_number(pair.reference), as_number(pair.other)))
    return [sums_of(one) for one in found.values()]


def _kappa_interval(parts: Sequence[Sums]) -> Interval:
    if len(parts) < MIN_SESSIONS:
        return None
    return interval(parts, lambda sums: quadratic_kappa(Sums(*map(round, sums))))


def _alpha(units: Iterable[Unit], *, with_machine: bool) -> Alpha:
    by_session: Mapping[str, list[list[int]]] = defaultdict(list)
    for unit in units:
        by_session[unit.session].append(_values(unit, with_machine=with_machine))
    parts = [coincidences(of, LEVELS) for of in by_session.values()]
    if not parts:
        return Alpha(None, None)
    whole = [sum(column) for column in zip(*parts, strict=True)]
    span = None
    if len(parts) >= MIN_SESSIONS:
        span = interval(parts, lambda sums: alpha(sums, LEVELS))
    return Alpha(alpha(whole, LEVELS), span)


def _values(unit: Unit, *, with_machine: bool) -> list[int]:
    values = [as_level(level) for level in unit.people.values()]
    if with_machine and unit.machine is not None:
        values.append(as_level(unit.machine))
    return values


def _is_valid(sessions: int, whole: ItemRow) -> bool:
    machine, people = whole.machine, whole.people
    if sessions < VALID_SESSIONS or machine.kappa is None or machine.sessions < VALID_SESSIONS:
        return False
    return machine.kappa >= VALID_KAPPA and machine.kappa >= (people.kappa or 0.0)
