"""Intraclass correlations against the table of Shrout and Fleiss."""

import pytest

from apps.interviews.statistics.icc import one_way, two_way

# Table 2 of Shrout and Fleiss 1979: six targets, four judges. The paper prints two decimals
# (.17 .29 .71 .44 .62 .91), the manual of the R package psych the same to three.
RATINGS = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]


def test_one_way_is_that_of_shrout_and_fleiss() -> None:
    found = one_way(RATINGS)

    assert found
    assert (found.single, found.mean) == pytest.approx((0.166, 0.443), abs=5e-4)
    assert (found.raters, found.targets) == (4, 6)


def test_two_way_is_that_of_shrout_and_fleiss() -> None:
    found = two_way(RATINGS)

    assert found
    singles = (found.a_single, found.c_single)
    assert singles == pytest.approx((0.290, 0.715), abs=5e-4)
    assert (found.a_mean, found.c_mean) == pytest.approx((0.620, 0.909), abs=5e-4)


def test_one_way_counts_unequal_numbers_of_ratings_by_their_weighted_mean() -> None:
    found = one_way([[4, 4, 3], [1, 2], [3, 3]])

    assert found
    assert found.raters == pytest.approx((7 - 17 / 7) / 2)
    assert 0 < found.single < found.mean < 1


def test_two_ways_need_a_full_table() -> None:
    assert two_way([[1, 2], [3]]) is None
    assert two_way([]) is None


@pytest.mark.parametrize("targets", [[], [[1, 2]], [[3, 3], [3, 3]], [[1], [4]]])
def test_one_way_of_too_little_or_no_spread_is_not_defined(targets: list[list[float]]) -> None:
    assert one_way(targets) is None
