"""The statistics against published examples, then what they do at their edges."""

import random

import pytest

from apps.scoring.agreement.figures import (
    Figures,
    Sums,
    confusion,
    figures_of,
    interval,
    quadratic_kappa,
    sums_of,
)
from apps.scoring.agreement.levels import NA, NE, Pair, as_number

MAPLE = [9, 7, 8, 7, 6, 8, 3, 5, 10]


@pytest.mark.parametrize(
    ("other", "published"),
    [
        ([8, 8, 6, 6, 7, 6, 1, 4, 8], 0.758620689655172),
        ([3, 5, 6, 6, 7, 6, 1, 4, 8], 0.438095238095238),
        ([1, 2, 3, 4, 5, 6, 7, 8, 9], -0.166666666666667),
        (MAPLE, 1.0),
    ],
)
def test_kappa_is_that_of_the_examples_in_maples_manual(other: list[int], published: float) -> None:
    """Maple, EssayTools, QuadraticWeightedKappa."""
    assert kappa_of(MAPLE, other) == pytest.approx(published, abs=1e-12)


def test_kappa_is_that_of_scikit_learns_weighted_example() -> None:
    """scikit-learn, sklearn/metrics/tests/test_classification.py, test_cohen_kappa."""
    one = [0] * 46 + [1] * 44 + [2] * 10
    other = [0] * 50 + [1] * 40 + [2] * 10

    assert kappa_of(one, other) == pytest.approx(0.9541, abs=5e-5)


def test_kappa_is_that_of_the_three_abstractors_of_irrcac() -> None:
    """R package irrCAC, data cont3x3abstractors, kappa2.table with quadratic weights."""
    table = [[13, 0, 0], [0, 20, 7], [0, 4, 56]]

    assert quadratic_kappa(sums_of(cells(table))) == pytest.approx(0.8921569, abs=5e-8)


def test_kappa_by_sums_is_kappa_by_the_table() -> None:
    """Cohen's definition, with weights, observed and expected counts written out."""
    chance = random.Random(5)
    pairs = [(chance.randint(1, 4), chance.randint(1, 4)) for _ in range(200)]
    rows = [sum(a == level for a, _ in pairs) for level in range(1, 5)]
    columns = [sum(b == level for _, b in pairs) for level in range(1, 5)]
    observed = sum((a - b) ** 2 for a, b in pairs)
    expected = sum(
        (i - j) ** 2 * rows[i] * columns[j] / len(pairs) for i in range(4) for j in range(4)
    )

    assert quadratic_kappa(sums_of(pairs)) == pytest.approx(1 - observed / expected)


@pytest.mark.parametrize("pairs", [[], [(3, 3)], [(2, 2), (2, 2)]])
def test_kappa_of_ratings_that_cannot_differ_is_not_defined(pairs: list[tuple[int, int]]) -> None:
    assert quadratic_kappa(sums_of(pairs) if pairs else Sums()) is None


def test_rates_and_bias_are_of_the_other_against_the_reference() -> None:
    pairs = [rated("a", 3, 3), rated("a", 2, 3), rated("b", 4, 2), rated("b", 1, 1)]

    assert figures_of(pairs) == Figures(
        sessions=2, pairs=4, exact=0.5, near=0.75, bias=-0.25, kappa=0.375, interval=None
    )


def test_nothing_to_compare_has_no_figures() -> None:
    assert figures_of([]) == Figures(0, 0, None, None, None, None, None)


def test_ne_stands_for_level_one() -> None:
    assert figures_of([rated("a", NE, 1), rated("b", 4, NE)]).bias == -1.5


def test_na_is_no_number() -> None:
    with pytest.raises(ValueError, match="NA is no number"):
        as_number(NA)


def test_confusion_counts_ne_apart_from_level_one() -> None:
    pairs = [rated("a", NE, 1), rated("a", 1, NE), rated("b", 4, 3), rated("b", 4, 3)]

    assert confusion(pairs) == [
        [0, 1, 0, 0, 0],
        [1, 0, 0, 0, 0],
        [0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0],
        [0, 0, 0, 2, 0],
    ]


def test_interval_is_as_wide_as_the_standard_error_says() -> None:
    """That of Fleiss, Cohen and Everitt 1969, 1.96 of it each way.

    Every pair is a session of its own, as their formula takes the subjects to be independent.
    """
    table = [[13, 0, 0], [0, 20, 7], [0, 4, 56]]

    low, high = known(interval([sums_of([pair]) for pair in cells(table)]))

    assert low < 0.8921569 < high
    assert high - low == pytest.approx(2 * 1.96 * large_sample_error(table), rel=0.15)


def test_interval_of_sessions_is_wider_when_their_pairs_go_together() -> None:
    chance = random.Random(2)
    pairs = [(chance.randint(1, 4), chance.randint(1, 4)) for _ in range(40)]
    apart = known(interval([sums_of([pair]) for pair in pairs for _ in range(5)]))
    together = known(interval([sums_of([pair] * 5) for pair in pairs]))

    assert together[1] - together[0] > 1.5 * (apart[1] - apart[0])


def test_interval_is_the_same_each_time_and_needs_ten_sessions() -> None:
    parts = [sums_of([(level % 4 + 1, level % 3 + 1)]) for level in range(12)]

    assert interval(parts) == interval(parts)
    assert interval(parts[:9]) is None


def rated(session: str, reference: int | str, other: int | str) -> Pair:
    return Pair(session, "me.offline", reference, other)


def kappa_of(one: list[int], other: list[int]) -> float | None:
    return quadratic_kappa(sums_of(zip(one, other, strict=True)))


def known(span: tuple[float, float] | None) -> tuple[float, float]:
    assert span is not None
    return span


def cells(table: list[list[int]]) -> list[tuple[int, int]]:
    return [
        (row, column)
        for row, counts in enumerate(table)
        for column, count in enumerate(counts)
        for _ in range(count)
    ]


def large_sample_error(table: list[list[int]]) -> float:
    """Of weighted kappa with quadratic weights, for independent subjects."""
    size, total = len(table), sum(map(sum, table))
    at = range(size)
    share = [[table[i][j] / total for j in at] for i in at]
    weight = [[1 - (i - j) ** 2 / (size - 1) ** 2 for j in at] for i in at]
    rows = [sum(share[i]) for i in at]
    columns = [sum(share[i][j] for i in at) for j in at]
    observed = sum(weight[i][j] * share[i][j] for i in at for j in at)
    expected = sum(weight[i][j] * rows[i] * columns[j] for i in at for j in at)
    by_row = [sum(columns[j] * weight[i][j] for j in at) for i in at]
    by_column = [sum(rows[i] * weight[i][j] for i in at) for j in at]
    spread = sum(
        share[i][j]
        * (weight[i][j] * (1 - expected) - (by_row[i] + by_column[j]) * (1 - observed)) ** 2
        for i in at
        for j in at
    )
    correction = (observed * expected - 2 * expected + observed) ** 2
    return float(((spread - correction) / total) ** 0.5 / (1 - expected) ** 2)
