"""Ten thousand random cards come to the same by the product and by an independent calculation."""

import random
import time
from fractions import Fraction
from typing import Any

import pytest

from apps.content import registry
from apps.interviews.aggregation import DEFAULT, EQUAL, Rating, aggregate
from tests.interviews.aggregation import independent

CARDS = 10_000
STATES = [*independent.MULTIPLIERS]
RUBRIC = registry.rubric("ml-9-step").data


def test_ten_thousand_random_cards_equal_an_independent_calculation() -> None:
    seed = time.time_ns()
    print(f"seed {seed}")  # noqa: T201  # shown when the test fails
    chance = random.Random(seed)
    totals = 0
    for number in range(CARDS):
        card, states = _card(chance), _states(chance)
        ratings = {item: Rating(*row) for item, row in card.items()}
        preset = chance.choice([DEFAULT, EQUAL])

        result = aggregate(RUBRIC, {"rater": ratings}, states, preset)

        expected = independent.calculate(card, states, equal=preset == EQUAL)
        total = result.total
        found = (total.exact, total.band, total.coverage, _scores(result))
        wanted = (expected["total"], expected["band"], expected["coverage"])
        where = f"card {number} of seed {seed}, {preset}"
        assert found == (*wanted, _expected_scores(expected, card)), where
        totals += total.exact is not None

    # Both kinds must be among them, or nothing was compared.
    assert CARDS * 0.1 < totals < CARDS * 0.9


def test_the_table_of_the_text_is_that_of_the_pack() -> None:
    data: Any = RUBRIC

    steps = {step["id"]: step["weight"] for step in data["steps"]}
    criteria: dict[str, list[tuple[str, int]]] = {}
    for item in data["criteria"]:
        criteria.setdefault(item["step"] or "xc", []).append((item["id"], item["weight"]))

    assert (steps, criteria) == (independent.WEIGHTS, independent.CRITERIA)


@pytest.mark.parametrize(
    ("total", "band"),
    [
        (Fraction("3.4"), "strong_yes"),
        (Fraction("3.395"), "strong_yes"),
        (Fraction("3.3949"), "yes"),
        (Fraction("2.7"), "yes"),
        (Fraction("2.69"), "no"),
        (Fraction("1.99"), "strong_no"),
    ],
)
def test_bands_of_the_text(total: Fraction, band: str) -> None:
    assert independent._band(total) == band


def _card(chance: random.Random) -> dict[str, tuple[int | None, str, bool]]:
    """Some cards are nearly full, some nearly empty; few people rate the step itself."""
    fullness = chance.choice([0.2, 0.5, 0.8, 1.0])
    direct = chance.choice([0.0, 0.1, 0.7])
    card = {}
    for step, criteria in independent.CRITERIA.items():
        if step != "xc" and chance.random() < direct:
            card[step] = _rating(chance, fullness)
        for item, _ in criteria:
            card[item] = _rating(chance, fullness if step != "xc" else fullness / 2)
    return card


def _rating(chance: random.Random, fullness: float) -> tuple[int | None, str, bool]:
    is_probed = chance.random() < 0.4
    if chance.random() < fullness:
        return chance.randint(1, 4), "", is_probed
    return None, chance.choice(["", "NE", "NA"]), is_probed


def _states(chance: random.Random) -> dict[str, str]:
    weights = chance.choice([(8, 2, 1, 1, 1), (1, 1, 1, 1, 1), (1, 8, 0, 0, 0)])
    return {step: chance.choices(STATES, weights)[0] for step in independent.WEIGHTS}


def _scores(result: Any) -> dict[str, Fraction]:
    card = result.cards["rater"]
    return {one.step.id: one.score for one in (*card.steps, card.cross) if one.score is not None}


def _expected_scores(expected: Any, card: Any) -> dict[str, Fraction]:
    return {
        step: sum(part * independent._level(card, item) for item, part in parts.items())
        for step, parts in expected["steps"].items()
    }
