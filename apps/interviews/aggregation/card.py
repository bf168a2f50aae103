"""What does one person's card come to? A score a step, and one total.

A level that a person gave to a step itself stands: the criteria below are then a checklist. Else
the step is the weighted mean of its rated criteria, if they carry enough of its weight. What does
not apply weighs nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from apps.interviews.aggregation.rating import NOTHING, Rating
from apps.interviews.aggregation.totals import Total, total_of
from apps.interviews.aggregation.weighing import WeighedStep, Weighing

Ratings = Mapping[str, Rating]  # by id of a step or criterion


@dataclass(frozen=True, slots=True)
class Term:
    """is_unanswered: the level stands for an answer that did not come."""

    item: str
    weight: Fraction
    level: int
    is_unanswered: bool = False


@dataclass(frozen=True, slots=True)
class StepScore:
    """score None: `gap` says why: "unrated", "thin", or the state "NE" or "NA" of the step itself.

    whole: weight of the criteria that apply. is_direct: the person rated the step itself.
    """

    step: WeighedStep
    score: Fraction | None
    gap: str
    is_direct: bool
    terms: tuple[Term, ...]
    whole: Fraction

    @property
    def rated(self) -> Fraction:
        return sum((term.weight for term in self.terms), Fraction(0))


@dataclass(frozen=True, slots=True)
class CardScore:
    """ones: heavy criteria at level 1, in the rubric's order."""

    steps: tuple[StepScore, ...]
    cross: StepScore
    total: Total
    ones: tuple[str, ...]


def score_card(ratings: Ratings, weighing: Weighing) -> CardScore:
    steps = tuple(_step(step, ratings, weighing.least_rated) for step in weighing.steps)
    # Nothing but "rated at all" is asked of what goes across the session.
    cross = _step(weighing.cross, ratings, Fraction(0))
    scores = {one.step.id: one.score for one in steps}
    counted = (*(one for one in steps if one.step.multiplier), cross)
    ones = tuple(item for one in counted for item in _ones(one))
    return CardScore(steps, cross, total_of(scores, cross.score, weighing), ones)


def _step(step: WeighedStep, ratings: Ratings, least_rated: Fraction) -> StepScore:
    applying = [one for one in step.criteria if ratings.get(one.id, NOTHING).applies]
    whole = sum((one.weight for one in applying), Fraction(0))
    terms = tuple(
        term for one in applying if (term := _term(one.id, one.weight, step, ratings)) is not None
    )
    direct = ratings.get(step.id, NOTHING)
    if direct.level is not None:
        return StepScore(step, Fraction(direct.level), "", True, terms, whole)
    if direct.state:
        return StepScore(step, None, direct.state, True, terms, whole)
    score, gap = _mean(terms, whole, least_rated)
    return StepScore(step, score, gap, False, terms, whole)


def _term(item: str, weight: Fraction, step: WeighedStep, ratings: Ratings) -> Term | None:
    rating = ratings.get(item, NOTHING)
    if rating.level is not None:
        return Term(item, weight, rating.level)
    if rating.is_probed and step.unanswered is not None:
        return Term(item, weight, step.unanswered, is_unanswered=True)
    return None


def _mean(
    terms: tuple[Term, ...], whole: Fraction, least_rated: Fraction
) -> tuple[Fraction | None, str]:
    rated = sum((term.weight for term in terms), Fraction(0))
    if not rated:
        return None, "unrated"
    if rated < least_rated * whole:
        return None, "thin"
    return sum((term.weight * term.level for term in terms), Fraction(0)) / rated, ""


def _ones(one: StepScore) -> list[str]:
    heavy = {criterion.id for criterion in one.step.criteria if criterion.is_heavy}
    return [term.item for term in one.terms if term.level == 1 and term.item in heavy]
