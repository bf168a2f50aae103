"""How fast somebody may talk: a token bucket that gives out presence last."""

from enum import Enum, auto

PER_SECOND = 200.0  # of one socket
BURST = 400.0


class Verdict(Enum):
    TAKE = auto()
    DROP = auto()
    TOO_FAST = auto()


class Pace:
    """With less than a quarter of the burst left, presence is dropped: edits come first."""

    def __init__(self, per_second: float = PER_SECOND, burst: float = BURST) -> None:
        self._per_second = per_second
        self._burst = self._tokens = burst
        self._reserve = burst / 4
        self._at = float("-inf")

    def judge(self, now: float, is_droppable: bool = False) -> Verdict:
        """What to do with a frame that comes now (seconds of any steady clock)."""
        tokens = self._tokens + (now - self._at) * self._per_second
        if tokens > self._burst:
            tokens = self._burst
        tokens -= 1
        self._tokens = tokens
        self._at = now
        if tokens >= self._reserve:  # nearly always
            return Verdict.TAKE
        if tokens < 0:
            return Verdict.TOO_FAST
        return Verdict.DROP if is_droppable and tokens > 0 else Verdict.TAKE

    def is_rested(self, now: float) -> bool:
        """Whether it has forgotten everything: a new one would judge alike."""
        return self._tokens + (now - self._at) * self._per_second >= self._burst
