"""The rubric of four steps goes by the same arithmetic and its own figures."""

from fractions import Fraction
from typing import Any

from apps.content import registry
from apps.interviews.aggregation import Rating, aggregate

RUBRIC: Any = registry.rubric("system-design").data
IN_PLAY = {step["id"]: "in_play" for step in RUBRIC["steps"]}


def test_two_steps_make_a_total_if_the_first_is_one_of_them() -> None:
    ratings = {"use-cases-and-constraints": Rating(3), "core-components": Rating(4)}

    total = aggregate(RUBRIC, {"rater": ratings}, IN_PLAY).total

    # Of two steps neither can stay below 45 %: each is half.
    assert (total.exact, total.coverage) == (Fraction(7, 2), Fraction(54, 100))


def test_only_one_deep_dive_counts_as_one() -> None:
    states = IN_PLAY | {"high-level-design": "deep_dive", "scale": "deep_dive"}
    ratings = {step: Rating(3) for step in IN_PLAY}

    card = aggregate(RUBRIC, {"rater": ratings}, states).cards["rater"]

    assert [one.step.multiplier for one in card.steps] == [1, 2, 1, 1]


def test_rules_that_the_rubric_leaves_out_are_those_of_the_nine_steps() -> None:
    criteria = [item for item in RUBRIC["criteria"] if item["step"] == "scale"]
    ratings = {criteria[0]["id"]: Rating(state="NE", is_probed=True)}

    card = aggregate(RUBRIC, {"r": ratings}, IN_PLAY | {"scale": "skipped_by_candidate"}).cards["r"]

    scale = card.steps[-1]
    assert [(term.level, term.is_unanswered) for term in scale.terms] == [(1, True)]
    assert scale.gap == "thin"
