"""The total: shares, the part across the session, coverage, and why there is none."""

from fractions import Fraction
from typing import Any

import pytest

from apps.content import registry
from apps.interviews.aggregation import EQUAL, Rating, Total, aggregate, flips
from apps.interviews.aggregation.totals import capped, shown
from apps.interviews.aggregation.trace import total_trace

RUBRIC: Any = registry.rubric("ml-9-step").data
STEPS = [step["id"] for step in RUBRIC["steps"]]
NAMES = {step: step.replace("-", " ") for step in STEPS}
ENOUGH = ["problem-formulation", "architecture", "data", "features"]


def total(
    levels: dict[str, int], states: dict[str, str] | None = None, preset: str = "default"
) -> Total:
    ratings = {item: Rating(level) for item, level in levels.items()}
    played = dict.fromkeys(STEPS, "in_play") | (states or {})
    return aggregate(RUBRIC, {"rater": ratings}, played, preset).total


def test_total_is_85_parts_steps_and_15_parts_across() -> None:
    found = total(dict.fromkeys(STEPS, 3) | {"xc.depth": 1})

    assert found.exact == Fraction("0.85") * 3 + Fraction("0.15") * 1
    assert (found.score, found.band, found.coverage) == (2.7, "yes", Fraction(1))


def test_total_without_the_cross_step_items_is_that_of_the_steps() -> None:
    assert total(dict.fromkeys(STEPS, 3)).exact == 3


def test_step_counts_by_its_weight_and_state() -> None:
    levels = dict.fromkeys(STEPS, 2) | {"data": 4, "metrics": 4}
    states = {"data": "deep_dive", "metrics": "skipped_by_candidate"}

    found = total(levels, states)

    whole = 100 + 13 - 5
    assert found.exact == 2 + 2 * Fraction(2 * 13 + 5, whole)


def test_steps_out_of_play_leave_total_and_coverage() -> None:
    levels = dict.fromkeys(STEPS, 3) | {"metrics": 1, "data": 1}
    states = {"metrics": "skipped_by_interviewer", "data": "not_reached"}

    found = total(levels, states)

    assert (found.exact, found.coverage) == (Fraction(3), Fraction(77, 100))


def test_no_step_is_above_35_per_cent() -> None:
    levels = dict.fromkeys(ENOUGH, 2) | {"problem-formulation": 4}

    found = total(levels, {"problem-formulation": "deep_dive"})

    assert found.exact == 2 + 2 * Fraction("0.35")


@pytest.mark.parametrize(
    ("weights", "shares"),
    [
        ([28, 10], [(1, 2), (1, 2)]),  # two cannot stay below 35 %: they share
        ([28, 10, 10], [(35, 100), (325, 1000), (325, 1000)]),
        ([60, 20, 10, 10], [(35, 100), (65 * 20, 4000), (65, 400), (65, 400)]),
        ([50, 50, 1, 1], [(35, 100), (35, 100), (15, 100), (15, 100)]),
        # What the first gives away lifts the second above the limit.
        ([50, 30, 10, 5], [(35, 100), (35, 100), (2, 10), (1, 10)]),
    ],
)
def test_what_is_cut_goes_to_the_others_by_weight(weights: list[int], shares: list[Any]) -> None:
    found = capped({str(i): Fraction(w) for i, w in enumerate(weights)}, Fraction("0.35"))

    assert list(found.values()) == [Fraction(*share) for share in shares]


@pytest.mark.parametrize(
    ("rated", "why"),
    [
        ([], ["problem formulation is not rated.", "None of architecture and model is rated."]),
        (["problem-formulation", "data", "metrics", "features"], ["None of architecture"]),
        (["architecture", "model", "data", "metrics"], ["problem formulation is not rated."]),
        (["problem-formulation", "model", "data"], ["1 more step must be rated.", "45 %"]),
        (["problem-formulation", "model", "online-testing", "scaling-monitoring"], ["45 %"]),
    ],
)
def test_why_there_is_no_total(rated: list[str], why: list[str]) -> None:
    found = total(dict.fromkeys(rated, 3))

    reasons = " ".join(one.text(NAMES) for one in found.missing)
    assert (found.score, found.band) == (None, "")
    assert all(part in reasons for part in why)


def test_four_steps_of_45_per_cent_make_a_total() -> None:
    assert total(dict.fromkeys(ENOUGH, 4)).band == "strong_yes"


def test_equal_weights_may_flip_the_band() -> None:
    levels = dict.fromkeys(STEPS, 3) | dict.fromkeys(
        ["metrics", "prediction-service", "online-testing"], 2
    )

    default, equal = total(levels), total(levels, preset=EQUAL)

    assert (default.score, equal.score) == (2.73, 2.67)
    assert flips(default, equal)
    assert not flips(default, default)


def test_deep_dive_counts_like_any_step_by_equal_weights() -> None:
    levels = dict.fromkeys(STEPS, 2) | {"data": 4}

    found = total(levels, {"data": "deep_dive"}, EQUAL)

    assert found.exact == 2 + Fraction(2, 9)


def test_coverage_is_that_of_the_rubric_by_equal_weights_too() -> None:
    found = total(dict.fromkeys(ENOUGH, 3), preset=EQUAL)

    assert (found.score, found.coverage) == (3, Fraction(50, 100))


def test_a_half_goes_up() -> None:
    assert (shown(Fraction("2.695")), shown(Fraction("2.6949"))) == (2.7, 2.69)


def test_arithmetic_can_be_read() -> None:
    levels = dict.fromkeys(ENOUGH, 3) | {"xc.depth": 2}

    trace = total_trace(total(levels))

    assert trace["sum"] == "0.85 × (0.28 × 3 + 0.26 × 3 + 0.26 × 3 + 0.2 × 3) + 0.15 × 2 = 2.85"
