"""Does something after a quiet moment, and now and then while there is none."""

import asyncio
from collections.abc import Callable


class Debounce:
    """A touch costs next to nothing: the timer that runs is left to find out that it is early."""

    def __init__(self, quiet_s: float, busy_s: float, act: Callable[[], None]) -> None:
        self._quiet_s = quiet_s
        self._busy_s = busy_s
        self._act = act
        self._since: float | None = None
        self._touched_at = 0.0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._timer: asyncio.TimerHandle | None = None

    def touch(self) -> None:
        """Something has changed."""
        loop = self._loop = self._loop or asyncio.get_running_loop()
        self._touched_at = loop.time()
        if self._since is None:
            self._since = self._touched_at
            self._wait(loop)

    def flush(self) -> None:
        """Acts now, if anything has changed since the last time."""
        if self._since is not None:
            self._fire()

    def _wait(self, loop: asyncio.AbstractEventLoop) -> None:
        self._timer = loop.call_at(self._due, self._look)

    @property
    def _due(self) -> float:
        assert self._since is not None
        return min(self._touched_at + self._quiet_s, self._since + self._busy_s)

    def _look(self) -> None:
        """The timer was set for a moment that may be too early by now."""
        assert self._loop is not None
        if self._due > self._loop.time():
            self._wait(self._loop)
        else:
            self._fire()

    def _fire(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._since = None
        self._act()
