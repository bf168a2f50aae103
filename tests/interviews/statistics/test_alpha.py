"""Krippendorff's alpha against his worked examples."""

import pytest

from apps.interviews.statistics.alpha import (
    Distance,
    alpha,
    coincidences,
    interval_metric,
    nominal,
    ordinal,
)

# Example C of Krippendorff, "Computing Krippendorff's Alpha-Reliability", 2011: four observers,
# twelve units, 0 where an observer gave nothing. It is also the example of kripp.alpha in the
# R package irr.
OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
    [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
]
UNITS = [[value for value in unit if value] for unit in zip(*OBSERVERS, strict=True)]
SCALE = [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("distance", "published"), [(nominal, 0.743), (ordinal, 0.815), (interval_metric, 0.849)]
)
def test_alpha_is_krippendorffs_of_example_c(distance: Distance, published: float) -> None:
    counts = coincidences(UNITS, SCALE)

    assert alpha(counts, SCALE, distance) == pytest.approx(published, abs=5e-4)


def test_alpha_is_krippendorffs_of_the_binary_example() -> None:
    """Example A of the same paper: two observers, ten units, alpha .095."""
    meg = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    owen = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    counts = coincidences(list(zip(meg, owen, strict=True)), [0, 1])

    assert alpha(counts, [0, 1], nominal) == pytest.approx(0.095, abs=5e-4)


def test_ratings_that_cannot_differ_have_no_alpha() -> None:
    assert alpha(coincidences([[3, 3], [3, 3]], SCALE), SCALE) is None


def test_a_unit_of_one_value_changes_nothing() -> None:
    assert coincidences([[1, 2], [4]], SCALE) == coincidences([[1, 2]], SCALE)
