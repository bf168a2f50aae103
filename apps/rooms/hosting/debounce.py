"""Does something after a quiet moment, and now and then while there is none."""

import asyncio
from collections.abc import Callable


class Debounce:
    def __init__(self, quiet_s: float, busy_s: float, act: Callable[[], None]) -> None:
        self._quiet_s = quiet_s
        self._busy_s = busy_s
        self._act = act
        self._since: float | None = None
        self._timer: asyncio.TimerHandle | None = None

    def touch(self) -> None:
        """Something has changed."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        self._since = now if self._since is None else self._since
        self._cancel()
        due = min(now + self._quiet_s, self._since + self._busy_s)
        self._timer = loop.call_at(due, self._fire)

    def flush(self) -> None:
        """Acts now, if anything has changed since the last time."""
        if self._since is not None:
            self._fire()

    def _fire(self) -> None:
        self._cancel()
        self._since = None
        self._act()

    def _cancel(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
