"""What rooms have to say at the end of a turn of the event loop, and how soon the next may begin.

To wake up for a message costs more than to deal with it: three quarters of the CPU, where other
programs have had the processor and its caches meanwhile. So under load a process can take in what a
millisecond has brought, as network cards hold back their interrupts.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from weakref import WeakKeyDictionary

logger = logging.getLogger(__name__)


class Turns:
    """Turns in which something was said end at least `apart_s` apart: after one that follows too
    soon the loop rests for what is left. Who is alone never waits for it.

    rest: stops the whole loop, but not other threads.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        apart_s: float,
        rest: Callable[[float], None] = time.sleep,
    ) -> None:
        self._loop = loop
        self._apart_s = apart_s
        self._rest = rest
        self._ended_at = 0.0
        self._acts: list[Callable[[], None]] = []

    def at_end(self, act: Callable[[], None]) -> None:
        """Does it once everything that this turn has brought is taken in."""
        if not self._acts:
            self._loop.call_soon(self._end)
        self._acts.append(act)

    def _end(self) -> None:
        acts, self._acts = self._acts, []
        for act in acts:
            try:
                act()
            except Exception:  # of one room: the others are not at fault
                logger.exception("A room cannot say what is new")
        now = time.monotonic()
        left_s = self._ended_at + self._apart_s - now
        if left_s > 0:
            self._rest(left_s)
            now += left_s
        self._ended_at = now


_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, Turns] = WeakKeyDictionary()


def turns_of(loop: asyncio.AbstractEventLoop, apart_s: float) -> Turns:
    """apart_s is the same for all: it is the server's setting."""
    if loop not in _turns:
        _turns[loop] = Turns(loop, apart_s)
    return _turns[loop]
