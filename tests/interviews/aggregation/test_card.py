"""One card: steps from criteria, what stands in for them, and what leaves the sum."""

from fractions import Fraction
from typing import Any

import pytest

from apps.content import registry
from apps.interviews.aggregation import CardScore, Rating, aggregate

RUBRIC: Any = registry.rubric("ml-9-step").data
STEPS = [step["id"] for step in RUBRIC["steps"]]
IN_PLAY = dict.fromkeys(STEPS, "in_play")
NE, NA = Rating(state="NE"), Rating(state="NA")


def score(ratings: dict[str, Rating], states: dict[str, str] | None = None) -> CardScore:
    return aggregate(RUBRIC, {"rater": ratings}, IN_PLAY | (states or {})).cards["rater"]


def step(card: CardScore, step_id: str) -> tuple[Fraction | None, str]:
    return next((one.score, one.gap) for one in card.steps if one.step.id == step_id)


def everywhere(level: int) -> dict[str, Rating]:
    return {step_id: Rating(level) for step_id in STEPS}


def test_step_is_the_weighted_mean_of_its_rated_criteria() -> None:
    card = score({"ar.nonml": Rating(3), "ar.mlcomp": Rating(3), "ar.modular": Rating(1)})

    assert step(card, "architecture") == (Fraction(3 * 3 + 3 * 3 + 2 * 1, 8), "")


@pytest.mark.parametrize(
    ("rated", "expected"),
    [
        (["ar.nonml", "ar.mlcomp"], (None, "thin")),  # 6 of 14
        (["ar.nonml", "ar.mlcomp", "ar.readable"], (Fraction(3), "")),  # 7 of 14
        ([], (None, "unrated")),
    ],
)
def test_step_needs_half_of_its_weight(rated: list[str], expected: object) -> None:
    assert step(score({item: Rating(3) for item in rated}), "architecture") == expected


def test_criterion_that_does_not_apply_weighs_nothing() -> None:
    ratings = {"ar.nonml": Rating(3), "ar.mlcomp": Rating(3), "ar.modular": NA}

    assert step(score(ratings), "architecture") == (Fraction(3), "")  # 6 of 12


def test_direct_rating_of_a_step_stands() -> None:
    ratings = {"architecture": Rating(4), "ar.nonml": Rating(1), "ar.mlcomp": Rating(1)}

    assert step(score(ratings), "architecture") == (Fraction(4), "")


@pytest.mark.parametrize("state", ["NE", "NA"])
def test_step_that_a_person_leaves_open_has_no_score(state: str) -> None:
    ratings = {"architecture": Rating(state=state), "ar.nonml": Rating(4), "ar.mlcomp": Rating(4)}

    assert step(score(ratings), "architecture") == (None, state)


def test_heavy_criteria_weigh_four_in_a_deep_dive() -> None:
    ratings = {"ar.nonml": Rating(4), "ar.mlcomp": Rating(4), "ar.modular": Rating(1)}

    card = score(ratings, {"architecture": "deep_dive"})

    assert step(card, "architecture") == (Fraction(4 * 4 + 4 * 4 + 2 * 1, 10), "")


def test_third_deep_dive_counts_as_a_step_like_others() -> None:
    card = score(everywhere(3), dict.fromkeys(["metrics", "data", "model"], "deep_dive"))

    multipliers = {one.step.id: one.step.multiplier for one in card.steps}
    assert [multipliers[s] for s in ("metrics", "data", "model")] == [2, 2, 1]


def test_probed_and_unanswered_is_a_one_where_the_candidate_skipped() -> None:
    probed = Rating(state="NE", is_probed=True)
    ratings = {"ar.nonml": probed, "ar.mlcomp": NE, "ar.flow": Rating(3), "ar.modular": Rating(3)}

    card = score(ratings, {"architecture": "skipped_by_candidate"})

    assert step(card, "architecture") == (Fraction(3 * 1 + 3 * 3 + 2 * 3, 8), "")
    assert card.ones == ("ar.nonml",)


def test_probed_and_unanswered_stays_open_where_the_step_was_played() -> None:
    card = score({"ar.nonml": Rating(state="NE", is_probed=True)})

    assert step(card, "architecture") == (None, "unrated")


def test_heavy_ones_are_named_however_high_the_total() -> None:
    ones = {"pf.clarify": Rating(1), "pf.assume": Rating(1), "xc.depth": Rating(1)}

    card = score(everywhere(4) | ones)

    assert card.ones == ("pf.clarify", "xc.depth")


def test_ones_of_a_step_out_of_play_are_not_held_against_anybody() -> None:
    card = score({"pf.clarify": Rating(1)}, {"problem-formulation": "skipped_by_interviewer"})

    assert card.ones == ()
