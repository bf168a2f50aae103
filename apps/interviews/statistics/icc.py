"""Intraclass correlations: how much of the spread of means is the candidates', not the raters'?

One way, ICC(1) and ICC(1,k), takes targets with unequal numbers of ratings: the mean number is
weighted as in Shrout and Fleiss's n0. Two ways, ICC(A,1), ICC(C,1) and their means of k, need every
rater to rate every target: a table with holes has none, rather than one of invented cells.
Sources: Shrout and Fleiss 1979 (ICC(2,1) is A, ICC(3,1) is C); McGraw and Wong 1996.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

Table = Sequence[Sequence[float]]


@dataclass(frozen=True, slots=True)
class OneWay:
    """single: of one rating; mean: of the mean of `raters` ratings (their weighted number)."""

    single: float
    mean: float
    raters: float
    targets: int


@dataclass(frozen=True, slots=True)
class TwoWay:
    """a: absolute agreement; c: consistency, which lets a rater be strict throughout."""

    a_single: float
    c_single: float
    a_mean: float
    c_mean: float
    raters: int
    targets: int


def one_way(targets: Table) -> OneWay | None:
    """Of the targets with two ratings or more. None for fewer than two targets or no spread."""
    rated = [row for row in targets if len(row) > 1]
    count, total = len(rated), sum(map(len, rated))
    if count < 2:
        return None
    grand = sum(map(sum, rated)) / total
    between = sum(len(row) * (fmean(row) - grand) ** 2 for row in rated) / (count - 1)
    within = sum((value - fmean(row)) ** 2 for row in rated for value in row) / (total - count)
    raters = (total - sum(len(row) ** 2 for row in rated) / total) / (count - 1)
    if between + (raters - 1) * within == 0 or between == 0:
        return None
    single = (between - within) / (between + (raters - 1) * within)
    return OneWay(single, (between - within) / between, raters, count)


def two_way(targets: Table) -> TwoWay | None:
    """Of a full table: a row a target, a column a rater. None where it has holes or no spread."""
    n, k = len(targets), len(targets[0]) if targets else 0
    if n < 2 or k < 2 or any(len(row) != k for row in targets):
        return None
    rows, columns, error = _mean_squares(targets)
    judged = rows + (k - 1) * error + k * (columns - error) / n
    if not (judged and rows and rows + (k - 1) * error and rows + (columns - error) / n):
        return None
    return TwoWay(
        a_single=(rows - error) / judged,
        c_single=(rows - error) / (rows + (k - 1) * error),
        a_mean=(rows - error) / (rows + (columns - error) / n),
        c_mean=(rows - error) / rows,
        raters=k,
        targets=n,
    )


def _mean_squares(targets: Table) -> tuple[float, float, float]:
    """Between targets, between raters, and what neither explains."""
    n, k = len(targets), len(targets[0])
    row_means = [fmean(row) for row in targets]
    column_means = [fmean(column) for column in zip(*targets, strict=True)]
    grand = fmean(row_means)
    rows = k * sum((mean - grand) ** 2 for mean in row_means)
    columns = n * sum((mean - grand) ** 2 for mean in column_means)
    whole = sum((value - grand) ** 2 for row in targets for value in row)
    error = max(whole - rows - columns, 0.0)
    return rows / (n - 1), columns / (k - 1), error / ((n - 1) * (k - 1))
