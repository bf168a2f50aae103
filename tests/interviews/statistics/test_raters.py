"""Strictness and its drift, by hand."""

import pytest

from apps.interviews.statistics.raters import rater_figures
from apps.interviews.statistics.ratings import Unit


def test_a_rater_is_compared_with_the_mean_of_the_others() -> None:
    units = [
        Unit("one", "pf", {"anneke": 3, "kofi": 3, "tomas": 2}, month="2026-10"),
        Unit("two", "pf", {"kofi": 4, "tomas": 2}, month="2026-11"),
    ]

    tomas = next(one for one in rater_figures(units) if one.rater == "tomas")

    assert (tomas.cards, tomas.pairs) == (2, 3)
    assert (tomas.kappa, tomas.near) == pytest.approx((0.0, 2 / 3))
    assert tomas.leniency == pytest.approx(-1.5)
    assert tomas.drift == pytest.approx({"2026-10": -1.0, "2026-11": -2.0})


def test_who_rated_alone_is_compared_with_nobody() -> None:
    assert rater_figures([Unit("one", "pf", {"anneke": 3})]) == []
