"""The way out to one browser: a bounded queue that a task of its own empties.

A slow reader delays nobody: first its presence is left out, then it is closed and resyncs later.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress

from apps.rooms.room.protocol import CloseCode

DROP_PRESENCE_ABOVE = 256 * 1024  # bytes waiting
CLOSE_ABOVE = 8 * 1024 * 1024


class Outbox:
    """A `Socket` for the room. `run` sends until it is closed; one task runs it."""

    def __init__(
        self,
        send: Callable[[bytes], Awaitable[None]],
        close: Callable[[int, str], Awaitable[None]],
    ) -> None:
        self._send = send
        self._close = close
        self._frames: deque[bytes] = deque()
        self._size = 0
        self._closing: tuple[int, str] | None = None
        self._wake = asyncio.Event()

    @property
    def is_closing(self) -> bool:
        return self._closing is not None

    def send(self, frame: bytes, *, droppable: bool = False) -> None:
        if self.is_closing or (droppable and self._size > DROP_PRESENCE_ABOVE):
            return
        self._frames.append(frame)
        self._size += len(frame)
        self._wake.set()
        if self._size > CLOSE_ABOVE:
            self._frames.clear()
            self.close(CloseCode.TOO_SLOW, "too slow")

    def close(self, code: int, reason: str) -> None:
        """Closes the socket after what is queued; who lost the right to it gets nothing more."""
        if code == CloseCode.NOT_ALLOWED:
            self._frames.clear()
        self._closing = self._closing or (code, reason)
        self._wake.set()

    async def run(self) -> None:
        with suppress(OSError):  # the browser is gone; the consumer will hear of it by itself
            await self._run()

    async def _run(self) -> None:
        while self._closing is None or self._frames:
            if not self._frames:
                await self._wake.wait()
                self._wake.clear()
                continue
            frame = self._frames.popleft()
            self._size -= len(frame)
            await self._send(frame)
        await self._close(*self._closing)
