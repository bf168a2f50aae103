"""Is a rater strict, and does that change? The mean difference from the panel without them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from apps.interviews.statistics.ratings import Unit, rater_pairs
from apps.scoring.agreement.figures import quadratic_kappa, sums_of
from apps.scoring.agreement.levels import as_number


@dataclass(frozen=True, slots=True)
class RaterFigures:
    """leniency: levels above (+) or below (-) the mean of the others; by month in `drift`."""

    rater: str
    cards: int
    pairs: int
    kappa: float | None
    near: float | None
    leniency: float | None
    drift: Mapping[str, float]


def rater_figures(units: Sequence[Unit]) -> list[RaterFigures]:
    """Of everybody who rated beside somebody else, those with most cards first."""
    found = [_figures(rater, of) for rater, of in _by_rater(units).items()]
    return sorted(found, key=lambda one: (-one.cards, one.rater))


def _by_rater(units: Iterable[Unit]) -> Mapping[str, list[Unit]]:
    found: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        if len(unit.people) > 1:
            for rater in unit.people:
                found[rater].append(unit)
    return found


def _figures(rater: str, units: Sequence[Unit]) -> RaterFigures:
    pairs = rater_pairs(units, rater)
    sums = sums_of((as_number(pair.reference), as_number(pair.other)) for pair in pairs)
    gaps = list(_gaps(rater, units))
    by_month: dict[str, list[float]] = defaultdict(list)
    for month, gap in gaps:
        by_month[month].append(gap)
    return RaterFigures(
        rater=rater,
        cards=len({unit.session for unit in units}),
        pairs=sums.pairs,
        kappa=quadratic_kappa(sums),
        near=sums.near / sums.pairs if sums.pairs else None,
        leniency=fmean(gap for _, gap in gaps) if gaps else None,
        drift={month: fmean(by_month[month]) for month in sorted(by_month) if month},
    )


def _gaps(rater: str, units: Iterable[Unit]) -> Iterator[tuple[str, float]]:
    for unit in units:
        others = [level for name, level in unit.people.items() if name != rater]
        yield unit.month, unit.people[rater] - fmean(others)
