"""How fast one socket may talk: a token bucket that gives out presence last."""

from enum import Enum, auto

PER_SECOND = 200.0
BURST = 400.0
PRESENCE_NEEDS = 100.0  # with fewer tokens left, presence is dropped: edits come first


class Verdict(Enum):
    TAKE = auto()
    DROP = auto()
    TOO_FAST = auto()


class Pace:
    def __init__(self) -> None:
        self._tokens = BURST
        self._at: float | None = None

    def judge(self, now: float, *, is_droppable: bool) -> Verdict:
        """What to do with a frame that comes now (seconds of any steady clock)."""
        if self._at is not None:
            self._tokens = min(BURST, self._tokens + (now - self._at) * PER_SECOND)
        self._at = now
        self._tokens -= 1
        if is_droppable and 0 < self._tokens < PRESENCE_NEEDS:
            return Verdict.DROP
        return Verdict.TAKE if self._tokens >= 0 else Verdict.TOO_FAST
