"""How sure is a figure? Its interval over resamples of the sessions.

Ratings of one session belong together, so that whole sessions are drawn. A figure that is made of
sums needs no ratings then: the sums of a resample are the sums of the drawn sessions. All of them
are one product of matrices, which is what numpy is here for.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

RESAMPLES: Final = 1_000
SHARE: Final = 0.95
SEED: Final = 20_261_123

Sums: TypeAlias = Sequence[float]
Statistic: TypeAlias = Callable[[Sums], float | None]


def interval(parts: Sequence[Sums], statistic: Statistic) -> tuple[float, float] | None:
    """Where the statistic lies in 95 of 100 resamples; the same for the same parts.

    parts: the sums of each session, all of one length. None where no resample has a value.
    """
    if not parts:
        return None
    drawn = _weights(len(parts)) @ np.asarray(parts, dtype=float)
    values = sorted(value for row in drawn if (value := statistic(row.tolist())) is not None)
    if not values:
        return None
    cut = int(len(values) * (1 - SHARE) / 2)
    return values[cut], values[-1 - cut]


@lru_cache(maxsize=4)
def _weights(sessions: int) -> NDArray[np.float64]:
    """How often each session is drawn in each resample: a row sums to the number of sessions."""
    drawn = np.random.default_rng(SEED).integers(0, sessions, size=(RESAMPLES, sessions))
    rows = np.arange(RESAMPLES)[:, None] * sessions
    counts = np.bincount((drawn + rows).ravel(), minlength=RESAMPLES * sessions)
    return counts.reshape(RESAMPLES, sessions).astype(np.float64)
