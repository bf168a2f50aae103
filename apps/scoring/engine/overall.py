"""How do criteria make a step, and steps the whole? The weights and gates of the rubric.

The machine's 0..100 and the people's 1..4 are one scale: 100 * (level - 1) / 3. A criterion without
evidence counts as zero here, which a person's score never does.
"""

from dataclasses import dataclass
from typing import Any, Final

from apps.core.json import JsonObject
from apps.scoring.engine.levels import Rating
from apps.scoring.engine.rubric import Criterion, Rubric, Step

TOP_LEVEL: Final = 4
HEAVY: Final = 3
# Anything short of the top level everywhere stays below 100, however it rounds.
NEARLY: Final = 99.9
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


def step_score(
    status: str,
    ratings: list[tuple[Criterion, Rating | None]],
    damping: float,
    rubric: Rubric,
) -> float | None:
    """0..100, or None out of play. ratings: None where a criterion does not apply.

    damping: 0..1, of an off-topic step.
    """
    if multiplier(status, rubric) == 0:
        return None
    counted = [(one, rating) for one, rating in ratings if rating is not None]
    mean = _mean([(weight_of(one, status, rubric), rating.value) for one, rating in counted])
    perfect = counted and all(rating.level == TOP_LEVEL for _, rating in counted)
    return 100.0 if perfect else min(NEARLY, round(100 * mean * damping, 1))


def step_confidence(
    status: str, ratings: list[tuple[Criterion, Rating | None]], rubric: Rubric
) -> float:
    """0..1, of its criteria by weight."""
    pairs = [
        (weight_of(one, status, rubric), rating.confidence)
        for one, rating in ratings
        if rating is not None
    ]
    return round(_mean(pairs), 2)


def weight_of(criterion: Criterion, status: str, rubric: Rubric) -> float:
    heavy = rubric.data["statuses"][status].get("heavy_weight")
    return float(heavy) if heavy and criterion.weight == HEAVY else float(criterion.weight)


def overall(steps: list[RatedStep], rubric: Rubric) -> JsonObject:
    rules = rubric.data["overall"]
    weights = _step_weights(steps, rubric)
    rated = [one for one in steps if one.is_rated and one.score is not None]
    coverage = round(sum(one.step.weight for one in rated) / _all_weights(rubric), 4)
    if coverage < rules["least_coverage"] or not _enough({one.step.id for one in rated}, rules):
        return {"score": None, "band": THIN, "coverage": coverage}
    score = _mean([(weights[one.step.id], one.score or 0.0) for one in steps])
    if _lacks_essential(steps):
        score = min(score, rules["cap_without_essential"])
    score = round(min(100.0, score), 1)
    return {"score": score, "band": band(score, rubric), "coverage": coverage}


def band(score: float, rubric: Rubric) -> str:
    level = FOOT + LENGTH * score / 100
    bands: list[dict[str, Any]] = rubric.data["bands"]
    return str(next(one["id"] for one in bands if level >= one["least"]))


def _step_weights(steps: list[RatedStep], rubric: Rubric) -> dict[str, float]:
    """Weight times state; a deep dive counts for the first two only and no step takes over."""
    statuses = rubric.data["statuses"]
    dives = 0
    weights = {}
    for one in steps:
        factor = multiplier(one.status, rubric)
        if one.status == "deep_dive":
            dives += 1
            factor = factor if dives <= statuses["deep_dive"]["at_most"] else 1.0
        weights[one.step.id] = one.step.weight * factor
    return _capped(weights, rubric.data["overall"]["largest_share"])


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


def _lacks_essential(steps: list[RatedStep]) -> bool:
    return any(one.step.essential and one.score is not None and not one.is_rated for one in steps)


def _all_weights(rubric: Rubric) -> float:
    return sum(step.weight for step in rubric.steps)


def _mean(pairs: list[tuple[float, float]]) -> float:
    total = sum(weight for weight, _ in pairs)
    return sum(weight * value for weight, value in pairs) / total if total else 0.0
