"""When was that? From the clock of an interview to the second of the replay."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from apps.interviews.models import Interview, PlayEvent
from apps.interviews.play import Kind
from apps.rooms.domain.history import begun_at

_RUNS = frozenset({Kind.STARTED, Kind.RESUMED})
_STOPS = frozenset({Kind.PAUSED, Kind.ENDED, Kind.REOPENED})


class Replay:
    """Turns clock times into addresses' `at`: seconds since the first change that is replayed."""

    def __init__(self, interview: Interview) -> None:
        self._events = list(interview.events.order_by("seq"))
        self._begins = begun_at(interview.design_id)

    def second_of(self, clock_s: int | None) -> int | None:
        """None where nothing was recorded, or the clock never came to it."""
        at = moment_of(self._events, clock_s) if clock_s is not None else None
        if at is None or self._begins is None:
            return None
        return max(0, int((at - self._begins).total_seconds()))


def moment_of(events: Iterable[PlayEvent], clock_s: float) -> datetime | None:
    """When the interview's clock, which stands still in pauses, showed so many seconds."""
    ran_s, since = 0.0, None
    for event in events:
        if since is not None and event.kind in _STOPS | _RUNS:
            length_s = (event.at - since).total_seconds()
            if ran_s + length_s >= clock_s:
                break
            ran_s, since = ran_s + length_s, None
        if event.kind in _RUNS:
            since = event.at
    return since + timedelta(seconds=clock_s - ran_s) if since else None
