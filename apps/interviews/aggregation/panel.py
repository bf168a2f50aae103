"""What do the cards of a panel come to? Medians of criteria, means of steps, and how far apart.

The panel's total is worked out from the mean of each step as one card's is from its scores.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from apps.interviews.aggregation.card import CardScore, Ratings, score_card
from apps.interviews.aggregation.totals import Total, total_of
from apps.interviews.aggregation.weighing import DEFAULT, Data, States, Weighing, weigh

TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Row:
    """One item across the raters. levels: by rater, of those who gave one. spread: the largest
    less the smallest."""

    item: str
    levels: Mapping[str, Fraction]

    @property
    def mean(self) -> Fraction | None:
        return sum(self.levels.values()) / Fraction(len(self.levels)) if self.levels else None

    @property
    def median(self) -> Fraction | None:
        return median(self.levels.values()) if self.levels else None

    @property
    def spread(self) -> Fraction:
        values = self.levels.values()
        return max(values) - min(values) if values else Fraction(0)


@dataclass(frozen=True, slots=True)
class Result:
    """cards: by rater. rows: criteria, steps, the cross-step block and the total, by item.

    ones: heavy criteria that somebody put at level 1, in the rubric's order.
    """

    weighing: Weighing
    cards: Mapping[str, CardScore]
    rows: Mapping[str, Row]
    total: Total
    ones: tuple[str, ...]


def aggregate(
    rubric: Data, cards: Mapping[str, Ratings], states: States, preset: str = DEFAULT
) -> Result:
    """rubric: the data of a rubric pack. cards: ratings by rater. states: of the steps."""
    weighing = weigh(rubric, states, preset)
    scored = {rater: score_card(ratings, weighing) for rater, ratings in cards.items()}
    rows = {row.item: row for row in _rows(scored, weighing)}
    means = {step.id: rows[step.id].mean for step in weighing.steps}
    total = total_of(means, rows[weighing.cross.id].mean, weighing)
    named = {item for card in scored.values() for item in card.ones}
    ones = tuple(item for item in _criteria(weighing) if item in named)
    return Result(weighing, scored, rows, total, ones)


def flips(one: Total, other: Total) -> bool:
    """The weights alone make the difference between two bands."""
    return bool(one.band and other.band and one.band != other.band)


def disagreements(result: Result) -> list[Row]:
    """Items on which two people are so far apart that the panel talks about it; widest first."""
    far = [row for row in result.rows.values() if row.item != TOTAL]
    far = [row for row in far if row.spread >= result.weighing.debrief_from]
    return sorted(far, key=lambda row: -row.spread)


def _rows(cards: Mapping[str, CardScore], weighing: Weighing) -> Iterator[Row]:
    places = enumerate((*weighing.steps, weighing.cross))
    for place, step in places:
        scores = {rater: (*card.steps, card.cross)[place] for rater, card in cards.items()}
        yield Row(step.id, {r: one.score for r, one in scores.items() if one.score is not None})
        levels = {
            rater: {term.item: Fraction(term.level) for term in one.terms}
            for rater, one in scores.items()
        }
        for criterion in step.criteria:
            given = {r: terms[criterion.id] for r, terms in levels.items() if criterion.id in terms}
            yield Row(criterion.id, given)
    totals = {rater: card.total.exact for rater, card in cards.items()}
    yield Row(TOTAL, {rater: exact for rater, exact in totals.items() if exact is not None})


def _criteria(weighing: Weighing) -> Iterator[str]:
    for step in (*weighing.steps, weighing.cross):
        yield from (criterion.id for criterion in step.criteria)
