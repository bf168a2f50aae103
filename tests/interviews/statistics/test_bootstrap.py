"""Intervals by resampling sessions."""

import random
from collections.abc import Sequence

import pytest

from apps.interviews.statistics.bootstrap import interval


def mean(sums: Sequence[float]) -> float | None:
    total, count = sums
    return total / count if count else None


def test_the_interval_of_a_mean_is_about_that_of_the_normal_law() -> None:
    chance = random.Random(3)
    parts = [(chance.gauss(0, 1), 1) for _ in range(400)]
    middle = sum(value for value, _ in parts) / 400

    found = interval(parts, mean)

    assert found
    assert found[0] == pytest.approx(middle - 1.96 / 20, abs=0.02)
    assert found[1] == pytest.approx(middle + 1.96 / 20, abs=0.02)


def test_the_same_sessions_have_the_same_interval() -> None:
    parts = [(value, 1) for value in (1, 2, 3, 4, 2, 2, 3)]

    assert interval(parts, mean) == interval(parts, mean)


def test_what_never_has_a_value_has_no_interval() -> None:
    assert interval([(0, 0)] * 12, mean) is None
    assert interval([], mean) is None
