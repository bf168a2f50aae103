"""How do criteria make a step, and steps the whole? The weights and gates of the rubric.

The machine's 0..100 and the people's 1..4 are one scale: 100 * (level - 1) / 3. A criterion without
evidence counts as zero here, which a person's score never does.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from apps.core.json import JsonObject
from apps.scoring.engine.levels import Rating
from apps.scoring.engine.rubric import Criterion, Rubric, Step

TOP_LEVEL: Final = 4
HEAVY: Final = 3
# Anything short of the top level everywhere stays below 100, however it rounds.
NEARLY: Final = 99.9
PERFECT: Final = 100.0
# Stands for a band when too little is written for a total.
THIN: Final = "thin"
# The people's scale behind 0..100: its foot and its length.
FOOT, LENGTH = 1.0, 3.0


@dataclass(frozen=True, slots=True)
class RatedStep:
    """score None: the step is out of play. is_rated: something in it has a level."""

    step: Step
    status: str
    score: float | None
    is_rated: bool


def multiplier(status: str, rubric: Rubric) -> float:
    return float(rubric.data["statuses"][status]["multiplier"])


@dataclass(frozen=True, slots=True)
class StepSum:
    """How a step's score is added up. values, weights: of the criteria that apply, by id.

    focus, fit: 0..1, what is kept for speaking of the step and of the problem. score None: out of
    play.
    """

    values: dict[str, float]
    weights: dict[str, float]
    mean: float
    focus: float
    fit: float
    score: float | None

    @property
    def text(self) -> str:
        if self.score is None:
            return "The step is out of play and has no score"
        if self.score == PERFECT:
            return "Every criterion stands at the top level: 100"
        products = " + ".join(
            f"{weight:g} × {self.values[id_]:.4f}" for id_, weight in self.weights.items()
        )
        weights = math.fsum(self.weights.values())
        return (
            f"({products}) / {weights:g} = {self.mean:.4f}; "
            f"100 × {self.mean:.4f} × focus {self.focus:.4f} × fit {self.fit:.4f} = {self.score}"
        )


def step_sum(
    status: str,
    ratings: list[tuple[Criterion, Rating | None]],
    focus: float,
    fit: float,
    rubric: Rubric,
) -> StepSum:
    """ratings: None where a criterion does not apply."""
    counted = [(one, rating) for one, rating in ratings if rating is not None]
    values = {one.id: rating.value for one, rating in counted}
    weights = {one.id: weight_of(one, status, rubric) for one, _ in counted}
    mean = _mean([(weights[id_], value) for id_, value in values.items()])
    is_perfect = all(rating.level == TOP_LEVEL for _, rating in counted)
    most = PERFECT if is_perfect else NEARLY
    score: float | None = min(most, round(100 * mean * (fit * focus), 1))
    if multiplier(status, rubric) == 0:
        score = None
    return StepSum(values, weights, mean, focus, fit, score)


def step_confidence(status: str, sure: list[tuple[Criterion, float]], rubric: Rubric) -> float:
    """0..1, of its criteria by weight."""
    return round(_mean([(weight_of(one, status, rubric), value) for one, value in sure]), 2)


def weight_of(criterion: Criterion, status: str, rubric: Rubric) -> float:
    heavy = rubric.data["statuses"][status].get("heavy_weight")
    return float(heavy) if heavy and criterion.weight == HEAVY else float(criterion.weight)


@dataclass(frozen=True, slots=True)
class Share:
    """What a step has of the total. multiplier: for its state; weight: of the rubric."""

    step: RatedStep
    multiplier: float
    share: float


@dataclass(frozen=True, slots=True)
class Total:
    """score None: too little is written for one. caps: sentence and limit of those that hold."""

    score: float | None
    band: str
    coverage: float
    shares: tuple[Share, ...]
    caps: tuple[tuple[str, float], ...]

    def as_json(self) -> JsonObject:
        return {"score": self.score, "band": self.band, "coverage": self.coverage}

    def trace(self) -> JsonObject:
        return {
            "steps": [
                {
                    "id": one.step.step.id,
                    "score": one.step.score,
                    "weight": one.step.step.weight,
                    "multiplier": one.multiplier,
                    "share": one.share,
                }
                for one in self.shares
            ],
            "caps": [{"rule": rule, "limit": limit} for rule, limit in self.caps],
            "score": self.score,
            "band": self.band,
        }


def overall(steps: list[RatedStep], rubric: Rubric) -> Total:
    rules = rubric.data["overall"]
    shares = _shares(steps, rubric)
    caps = tuple(_caps(steps, rules))
    rated = [one for one in steps if one.is_rated and one.score is not None]
    coverage = round(sum(one.step.weight for one in rated) / _all_weights(rubric), 4)
    if coverage < rules["least_coverage"] or not _enough({one.step.id for one in rated}, rules):
        return Total(None, THIN, coverage, shares, caps)
    score = math.fsum(one.share * (one.step.score or 0.0) for one in shares)
    score = round(min(100.0, score, *(limit for _, limit in caps)), 1)
    return Total(score, band(score, rubric), coverage, shares, caps)


def band(score: float, rubric: Rubric) -> str:
    level = FOOT + LENGTH * score / 100
    bands: list[dict[str, Any]] = rubric.data["bands"]
    return str(next(one["id"] for one in bands if level >= one["least"]))


def _shares(steps: list[RatedStep], rubric: Rubric) -> tuple[Share, ...]:
    multipliers = _multipliers(steps, rubric)
    weights = _capped(
        {one.step.id: one.step.weight * multipliers[one.step.id] for one in steps},
        rubric.data["overall"]["largest_share"],
    )
    total = math.fsum(weights.values())
    return tuple(
        Share(one, multipliers[one.step.id], weights[one.step.id] / total if total else 0.0)
        for one in steps
    )


def _multipliers(steps: list[RatedStep], rubric: Rubric) -> dict[str, float]:
    """By the state of each step; a deep dive counts for the first two only."""
    at_most = rubric.data["statuses"]["deep_dive"]["at_most"]
    dives = 0
    found = {}
    for one in steps:
        dives += one.status == "deep_dive"
        is_one_too_many = one.status == "deep_dive" and dives > at_most
        found[one.step.id] = 1.0 if is_one_too_many else multiplier(one.status, rubric)
    return found


def _capped(weights: dict[str, float], share: float) -> dict[str, float]:
    """A step above the share is brought down to it: w = share * (w + the others)."""
    total = sum(weights.values())
    capped = {}
    for step, weight in weights.items():
        others = total - weight
        limit = share / (1 - share) * others
        capped[step] = min(weight, limit) if others > 0 else weight
    return capped


def _enough(rated: set[str], rules: dict[str, Any]) -> bool:
    needs = rules["needs"]
    some = [step for step in needs["any"] if step in rated]
    others = len(rated) - len(needs["all"]) - 1
    return rated.issuperset(needs["all"]) and bool(some) and others >= needs["others"]


def _caps(steps: list[RatedStep], rules: dict[str, Any]) -> Iterator[tuple[str, float]]:
    empty = [
        one.step.id
        for one in steps
        if one.step.essential and one.score is not None and not one.is_rated
    ]
    if empty:
        yield f"Nothing is found in {', '.join(empty)}", float(rules["cap_without_essential"])


def _all_weights(rubric: Rubric) -> float:
    return sum(step.weight for step in rubric.steps)


def _mean(pairs: Sequence[tuple[float, float]]) -> float:
    total = sum(weight for weight, _ in pairs)
    return sum(weight * value for weight, value in pairs) / total if total else 0.0
