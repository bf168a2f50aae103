"""How do the scores of the steps make a total, and when is there none?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final

from apps.interviews.aggregation.weighing import Weighing

Scores = Mapping[str, Fraction | None]  # by id of the step
_SHOWN: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Share:
    """What a rated step has of the steps' part. 0 where the state takes it out."""

    step: str
    share: Fraction
    score: Fraction


@dataclass(frozen=True, slots=True)
class Missing:
    """Why there is no total. need: "step" (of `steps`, all must be rated), "one_of", "more"
    (`count` further steps) or "coverage" (`count` per cent of the rubric)."""

    need: str
    steps: tuple[str, ...] = ()
    count: int = 0

    def text(self, names: Mapping[str, str]) -> str:
        """names: of the steps."""
        called = [names.get(step, step) for step in self.steps]
        match self.need:
            case "step":
                return f"{called[0]} is not rated."
            case "one_of":
                return f"None of {' and '.join(called)} is rated."
            case "more":
                steps = "step" if self.count == 1 else "steps"
                return f"{self.count} more {steps} must be rated."
        return f"The rated steps carry less than {self.count} % of the rubric."


@dataclass(frozen=True, slots=True)
class Total:
    """exact None: `missing` says why. The band is that of the score as it is shown."""

    exact: Fraction | None
    band: str
    coverage: Fraction
    shares: tuple[Share, ...]
    steps_part: Fraction | None
    cross: Fraction | None
    cross_share: Fraction
    missing: tuple[Missing, ...]

    @property
    def score(self) -> float | None:
        return None if self.exact is None else shown(self.exact)


def total_of(scores: Scores, cross: Fraction | None, weighing: Weighing) -> Total:
    shares = tuple(_shares(scores, weighing))
    rated = {one.step for one in shares}
    covered = sum((step.covers for step in weighing.steps if step.id in rated), Fraction(0))
    coverage = covered / weighing.whole
    missing = tuple(_missing(rated, coverage, weighing))
    part = sum((one.share * one.score for one in shares), Fraction(0)) if shares else None
    across = weighing.cross_share if cross is not None else Fraction(0)
    exact = None
    if part is not None and not missing:
        exact = (1 - across) * part + across * (cross or 0)
    band = "" if exact is None else band_of(shown(exact), weighing)
    return Total(exact, band, coverage, shares, part, cross, across, missing)


def shown(number: Fraction) -> float:
    """Two decimals, a half goes up: what pages show, and what bands are read from."""
    decimal = Decimal(number.numerator) / Decimal(number.denominator)
    return float(decimal.quantize(_SHOWN, ROUND_HALF_UP))


def band_of(score: float, weighing: Weighing) -> str:
    level = Fraction(str(score))
    return next(band for band, least in weighing.bands if level >= least)


def _shares(scores: Scores, weighing: Weighing) -> Iterator[Share]:
    weights = {
        step.id: step.weight * step.multiplier
        for step in weighing.steps
        if step.multiplier and scores[step.id] is not None
    }
    for step, share in capped(weights, weighing.largest_share).items():
        score = scores[step]
        assert score is not None
        yield Share(step, share, score)


def capped(weights: Mapping[str, Fraction], largest: Fraction) -> dict[str, Fraction]:
    """Shares of 1 by weight, none above the largest: what is cut goes to the others by weight.

    Of too few steps for that, each has the same.
    """
    if largest * len(weights) <= 1:  # also of none
        return {step: Fraction(1, len(weights)) for step in weights}
    full: set[str] = set()
    while True:
        left = sum((weight for step, weight in weights.items() if step not in full), Fraction(0))
        scale = (1 - largest * len(full)) / left
        above = {step for step, weight in weights.items() if weight * scale > largest} - full
        if not above:
            return {
                step: largest if step in full else weight * scale
                for step, weight in weights.items()
            }
        full |= above


def _missing(rated: set[str], coverage: Fraction, weighing: Weighing) -> Iterator[Missing]:
    needs = weighing.needs
    yield from (Missing("step", (step,)) for step in needs["all"] if step not in rated)
    some = [step for step in needs["any"] if step in rated]
    if needs["any"] and not some:
        yield Missing("one_of", tuple(needs["any"]))
    # Beside those that must be, and the one of several.
    further = len(rated - set(needs["all"])) - bool(some)
    if further < needs["others"]:
        yield Missing("more", count=needs["others"] - further)
    if coverage < weighing.least_coverage:
        yield Missing("coverage", count=int(weighing.least_coverage * 100))
