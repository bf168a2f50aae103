"""How well do two sides agree on a set of pairs? Rates, quadratic weighted kappa, its interval.

With quadratic weights kappa needs no table, only sums over the pairs (a, b):

    kappa = 1 - sum (a - b)^2 / (sum a^2 + sum b^2 - 2 sum a * sum b / n)

which is what makes the bootstrap cheap. Cohen 1968 has the weights, Fleiss and Cohen 1973 the
identity with the intraclass correlation.
"""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from apps.scoring.agreement.levels import SCALE, Pair, as_number

RESAMPLES: Final = 1_000
SHARE: Final = 0.95
# With fewer sessions a percentile interval is too narrow to be shown.
MIN_SESSIONS: Final = 10


class Sums(NamedTuple):
    """Of pairs of numbers. reference and other: sums of each side; squares: of both sides."""

    pairs: int = 0
    exact: int = 0
    near: int = 0  # at most one level apart
    reference: int = 0
    other: int = 0
    squares: int = 0
    apart: int = 0  # squared differences


@dataclass(frozen=True, slots=True)
class Figures:
    """Rates from 0 to 1; None where they are not defined. bias: mean of other minus reference."""

    sessions: int
    pairs: int
    exact: float | None
    near: float | None
    bias: float | None
    kappa: float | None
    interval: tuple[float, float] | None


def figures_of(pairs: Iterable[Pair]) -> Figures:
    """Of pairs that are rated on both sides. Resamples sessions, as their pairs go together."""
    by_session = _sums_by_session(pairs)
    parts = list(by_session.values())
    whole = add(parts)
    return Figures(
        sessions=len(parts),
        pairs=whole.pairs,
        exact=_rate(whole.exact, whole.pairs),
        near=_rate(whole.near, whole.pairs),
        bias=_rate(whole.other - whole.reference, whole.pairs),
        kappa=quadratic_kappa(whole),
        interval=interval(parts),
    )


def sums_of(pairs: Iterable[tuple[int, int]]) -> Sums:
    """As `add` of the sums of each; in one loop, for there are a hundred thousand of them."""
    count = exact = near = reference = other = squares = far = 0
    for a, b in pairs:
        apart = (a - b) ** 2
        count += 1
        exact += apart == 0
        near += apart <= 1
        reference += a
        other += b
        squares += a * a + b * b
        far += apart
    return Sums(count, exact, near, reference, other, squares, far)


def add(parts: Iterable[Sums]) -> Sums:
    columns = zip(*parts, strict=True)
    return Sums(*(sum(column) for column in columns))


def quadratic_kappa(sums: Sums) -> float | None:
    """1 for full agreement, 0 for what chance gives; None if chance alone would agree in full."""
    if not sums.pairs:
        return None
    by_chance = sums.squares - 2 * sums.reference * sums.other / sums.pairs
    return 1 - sums.apart / by_chance if by_chance else None


def interval(parts: Sequence[Sums], seed: int = 0) -> tuple[float, float] | None:
    """Where kappa lies in 95 of 100 resamples of the sessions; the same for the same parts."""
    if len(parts) < MIN_SESSIONS:
        return None
    chance = random.Random(seed)  # noqa: S311 - a resample is no secret
    drawn = (chance.choices(parts, k=len(parts)) for _ in range(RESAMPLES))
    kappas = sorted(kappa for one in drawn if (kappa := quadratic_kappa(add(one))) is not None)
    if not kappas:
        return None
    cut = int(len(kappas) * (1 - SHARE) / 2)
    return kappas[cut], kappas[-1 - cut]


def confusion(pairs: Iterable[Pair]) -> list[list[int]]:
    """Counts by the reference's level (rows) and the other's (columns), in the order of SCALE."""
    counts = [[0] * len(SCALE) for _ in SCALE]
    for pair in pairs:
        counts[SCALE.index(pair.reference)][SCALE.index(pair.other)] += 1
    return counts


def _sums_by_session(pairs: Iterable[Pair]) -> Mapping[str, Sums]:
    found: dict[str, list[Sums]] = {}
    for pair in pairs:
        one = _sums_of_pair(as_number(pair.reference), as_number(pair.other))
        found.setdefault(pair.session, []).append(one)
    return {session: add(parts) for session, parts in found.items()}


def _sums_of_pair(a: int, b: int) -> Sums:
    apart = abs(a - b)
    return Sums(1, apart == 0, apart <= 1, a, b, a * a + b * b, apart * apart)


def _rate(part: float, whole: int) -> float | None:
    return part / whole if whole else None
