"""Krippendorff's alpha: do raters agree beyond chance, however many rated each unit?

    alpha = 1 - (n - 1) * sum o_ck d_ck / sum n_c n_k d_ck

over coincidences o of values c and k, their margins n_c and the squared distance d between ranks.
Source: Krippendorff, "Computing Krippendorff's Alpha-Reliability", 2011. Units with fewer than two
values cannot be paired and are left out, as there.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import permutations
from typing import TypeAlias

# Distance of the values at two places of the scale, by the margins and the scale.
Distance: TypeAlias = Callable[[int, int, Sequence[float], Sequence[float]], float]


def coincidences(units: Iterable[Sequence[float]], scale: Sequence[float]) -> list[float]:
    """A square table over the scale, row by row: each pair of a unit of m values counts 1/(m-1)."""
    place = {value: index for index, value in enumerate(scale)}
    counts = [0.0] * len(scale) ** 2
    for values in units:
        for one, other in permutations(values, 2):
            counts[place[one] * len(scale) + place[other]] += 1 / (len(values) - 1)
    return counts


def alpha(
    counts: Sequence[float], scale: Sequence[float], distance: Distance | None = None
) -> float | None:
    """Of a table of coincidences; ordinal unless told. None where all values are the same."""
    measure, size = distance or ordinal, len(scale)
    margins = [sum(counts[row * size : (row + 1) * size]) for row in range(size)]
    observed = expected = 0.0
    for one in range(size):
        for other in range(one + 1, size):
            apart = measure(one, other, margins, scale)
            observed += counts[one * size + other] * apart
            expected += margins[one] * margins[other] * apart
    return 1 - (sum(margins) - 1) * observed / expected if expected else None


def ordinal(one: int, other: int, margins: Sequence[float], _scale: Sequence[float]) -> float:
    """Ranks lie as far apart as there are values between them. one: the lower place."""
    between = sum(margins[one : other + 1]) - (margins[one] + margins[other]) / 2
    return between**2


def nominal(_one: int, _other: int, _margins: Sequence[float], _scale: Sequence[float]) -> float:
    return 1.0


def interval_metric(
    one: int, other: int, _margins: Sequence[float], scale: Sequence[float]
) -> float:
    return (scale[one] - scale[other]) ** 2
