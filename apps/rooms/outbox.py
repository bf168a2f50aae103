"""The way out to one browser over plain ASGI: a bounded queue, and a task while it is not empty.

For servers without direct mode, and for tests. A slow reader delays nobody: first its presence is
left out, then it is closed and resyncs later.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress

from apps.rooms.room.burst import Burst
from apps.rooms.room.protocol import CloseCode

DROP_PRESENCE_ABOVE = 256 * 1024  # bytes waiting
CLOSE_ABOVE = 8 * 1024 * 1024


class Outbox:
    """A `Socket` for the room. `is_closing` from the first call of `close` on."""

    def __init__(
        self,
        send: Callable[[bytes], Awaitable[None]],
        close: Callable[[int, str], Awaitable[None]],
    ) -> None:
        self.buffered = 0
        self._send = send
        self._close = close
        self._frames: deque[bytes] = deque()
        self._closing: tuple[int, str] | None = None
        self._sender: asyncio.Task[None] | None = None

    @property
    def is_closing(self) -> bool:
        return self._closing is not None

    def send(self, burst: Burst) -> None:
        if self.is_closing:
            return
        if self.buffered > CLOSE_ABOVE:
            self.close(CloseCode.TOO_SLOW, "too slow")
        elif self.buffered > DROP_PRESENCE_ABOVE:
            self._add(burst.must)
        else:
            self._add(burst.must + burst.may)

    def close(self, code: int, reason: str) -> None:
        """After what is queued, except for those who may not, or cannot, read on."""
        if code in {CloseCode.NOT_ALLOWED, CloseCode.TOO_SLOW}:
            self._frames.clear()
        self._closing = self._closing or (code, reason)
        self._wake_up()

    def _add(self, frames: tuple[bytes, ...]) -> None:
        self._frames.extend(frames)
        self.buffered += sum(map(len, frames))
        self._wake_up()

    def _wake_up(self) -> None:
        if self._sender is None or self._sender.done():
            self._sender = asyncio.create_task(self._run())

    async def sent(self) -> None:
        """Until nothing waits any more."""
        if self._sender is not None:
            await self._sender

    async def _run(self) -> None:
        with suppress(OSError):  # the browser is gone; the consumer will hear of it by itself
            while self._frames:
                frame = self._frames.popleft()
                await self._send(frame)
                self.buffered -= len(frame)
            if self._closing is not None:
                await self._close(*self._closing)
