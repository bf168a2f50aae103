"""Several raters: medians, means, how far apart, and what the panel has to talk about."""

from fractions import Fraction
from typing import Any

from apps.content import registry
from apps.interviews.aggregation import Rating, Result, aggregate, disagreements

RUBRIC: Any = registry.rubric("ml-9-step").data
STEPS = [step["id"] for step in RUBRIC["steps"]]
IN_PLAY = dict.fromkeys(STEPS, "in_play")


def panel(*cards: dict[str, int]) -> Result:
    rated = {
        f"rater {number}": {item: Rating(level) for item, level in card.items()}
        for number, card in enumerate(cards, 1)
    }
    return aggregate(RUBRIC, rated, IN_PLAY)


def test_median_of_a_criterion_and_mean_of_a_step() -> None:
    cards = [dict.fromkeys(["ar.nonml", "ar.mlcomp", "ar.flow"], level) for level in (1, 3, 3)]

    rows = panel(*cards).rows

    criterion, step = rows["ar.nonml"], rows["architecture"]
    assert [criterion.median, criterion.spread] == [3, 2]
    assert [step.mean, step.median, step.spread] == [Fraction(7, 3), 3, 2]
    assert step.levels == {"rater 1": 1, "rater 2": 3, "rater 3": 3}


def test_total_comes_from_the_means_of_the_steps() -> None:
    """Of those who rated a step: who did not has no say in it."""
    one = dict.fromkeys(STEPS, 4)
    other = {step: 2 for step in STEPS if step != "data"}

    result = panel(one, other)

    assert result.rows["data"].mean == 4
    assert result.total.exact == 3 + Fraction(13, 100)


def test_two_levels_apart_are_a_disagreement_and_the_widest_comes_first() -> None:
    one = {"architecture": 4, "data": 3, "metrics": 2, "pf.clarify": 1}
    other = {"architecture": 1, "data": 1, "metrics": 3, "pf.clarify": 2}

    found = [(row.item, int(row.spread)) for row in disagreements(panel(one, other))]

    assert found == [("architecture", 3), ("data", 2)]


def test_a_one_of_anybody_is_named() -> None:
    assert panel({"pf.goal": 1, "xc.depth": 4}, {"pf.goal": 4, "xc.depth": 1}).ones == (
        "pf.goal",
        "xc.depth",
    )


def test_panel_without_cards_has_no_total() -> None:
    result = panel()

    assert (result.total.score, result.total.coverage, result.ones) == (None, Fraction(0), ())
    assert result.rows["data"].mean is None
