"""A browser's socket after the handshake, without a library in between.

It is what uvicorn's transport reports to, and what the room sends to: `Burst.wire` goes out with
one write, and whole messages go to one callback.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import Protocol

from apps.rooms.direct.frames import (
    PING_FRAME,
    Close,
    Event,
    FrameReader,
    Ping,
    Violation,
    close_frame,
    pong_frame,
)
from apps.rooms.outbox import CLOSE_ABOVE, DROP_PRESENCE_ABOVE
from apps.rooms.room.burst import Burst
from apps.rooms.room.protocol import CloseCode

CLOSE_ANSWERED_WITHIN_S = 10.0  # the client's half of the closing handshake
LEFT_ALONE_AFTER_S = 0.5  # where no answer is worth waiting for
# What waits for these readers is thrown away, with the close frame behind it if need be.
CUT = frozenset({CloseCode.NOT_ALLOWED, CloseCode.TOO_SLOW})
NO_STATUS = 1005  # what a close frame without a code counts as

logger = logging.getLogger(__name__)
MAX_CONTROLS = 1000  # pings and pongs between two of ours


class Owner(Protocol):
    """The protocol of the server that the socket was taken over from."""

    def over(self, code: int, reason: str) -> None:
        """The socket is closing, or lost: the application has no more use for it."""

    def abort_after(self, delay_s: float) -> None:
        """Cuts the connection then, if it is still there. A second call replaces the first."""

    def connection_lost(self, exc: Exception | None) -> None: ...


class DirectSocket(asyncio.Protocol):
    """Reads nothing before `listen`. `is_closing` from the first half of a closing handshake on:
    from then on nothing is sent, and what comes is not looked at."""

    def __init__(self, transport: asyncio.Transport, owner: Owner, max_message_bytes: int) -> None:
        self.is_closing = False
        self._transport = transport
        self._owner = owner
        self._reader = FrameReader(max_message_bytes)
        self._hear: Callable[[bytes], None] = _nobody
        # For `check_alive`: since its last call.
        self._has_spoken = True
        self._controls = 0
        self._waited = 0
        self._is_asked = False

    def listen(self, hear: Callable[[bytes], None]) -> None:
        """From now on every message goes to `hear`."""
        self._hear = hear
        self._resume()

    def hold(self) -> None:
        """Reads nothing until `listen` is called again, or the socket closes."""
        if not self.is_closing and not self._transport.is_closing():
            self._transport.pause_reading()

    # What the room calls

    @property
    def buffered(self) -> int:
        """Bytes that wait here for a slow reader."""
        return self._transport.get_write_buffer_size()

    def send(self, burst: Burst) -> None:
        if self.is_closing:
            return
        waiting = self._transport.get_write_buffer_size()
        if waiting <= DROP_PRESENCE_ABOVE:
            self._transport.write(burst.wire)
        elif waiting > CLOSE_ABOVE:
            self.close(CloseCode.TOO_SLOW, "too slow")
        elif burst.must:
            self._transport.write(burst.wire_must)

    def close(self, code: int, reason: str) -> None:
        """Says so, and waits a while for the client to agree."""
        if self.is_closing:
            return
        is_cut = code in CUT and self.buffered
        self._end(code, reason, LEFT_ALONE_AFTER_S if is_cut else CLOSE_ANSWERED_WITHIN_S)

    def leave(self) -> None:
        """For a process that stops: closes if need be, and waits for no answer."""
        self.close(CloseCode.RESTART, "the server restarts")
        self._transport.close()
        self._owner.abort_after(LEFT_ALONE_AFTER_S)

    def _end(self, code: int | None, reason: str, patience_s: float) -> None:
        self.is_closing = True
        self._transport.write(close_frame(code, reason))
        self._owner.abort_after(patience_s)
        self._owner.over(code or NO_STATUS, reason)
        self._resume()  # the answer is to be read, also if nobody listens yet

    def _resume(self) -> None:
        if not self._transport.is_closing():
            self._transport.resume_reading()

    # What the transport calls

    def data_received(self, data: bytes) -> None:
        self._has_spoken = True
        try:
            for event in self._reader.feed(data):
                if type(event) is not bytes:
                    self._take(event)
                elif not self.is_closing:
                    self._hear(event)
        except Exception:
            logger.exception("A message could not be taken in")
            self.close(CloseCode.NOT_STORED, "a fault of the server")

    def connection_lost(self, exc: Exception | None) -> None:
        self._owner.connection_lost(exc)

    def lost(self) -> None:
        """The connection is gone, with or without a closing handshake."""
        self.is_closing = True
        self._hear = _nobody

    def _take(self, event: Event) -> None:
        match event:
            case Close():
                self._take_close(event)
            case Violation():
                self._take_violation(event)
            case Ping():
                self._count_control()
                if not self.is_closing and self.buffered <= DROP_PRESENCE_ABOVE:
                    self._transport.write(pong_frame(event.payload))
            case _:
                self._count_control()

    def _take_close(self, close: Close) -> None:
        """Theirs answers ours, or ours answers theirs. A server is the first to hang up."""
        if not self.is_closing:
            self._end(close.code, close.reason, CLOSE_ANSWERED_WITHIN_S)
        self._transport.close()

    def _take_violation(self, violation: Violation) -> None:
        """Nothing more is read, so no answer can be heard."""
        self.close(violation.code, violation.reason)
        self._owner.abort_after(LEFT_ALONE_AFTER_S)

    def _count_control(self) -> None:
        self._controls += 1
        if self._controls > MAX_CONTROLS:
            self.close(CloseCode.NOT_OF_THE_PROTOCOL, "too many pings")

    # What the keepalive calls

    def check_alive(self) -> None:
        """Pings a peer that has been silent since the last call, and gives it up at the next.

        A slow reader has not gone away: who takes in some of what waits counts as alive.
        """
        waiting = self.buffered
        is_alive = self._has_spoken or waiting < self._waited
        if self._is_asked and not is_alive:
            self.close(CloseCode.NOT_STORED, "no answer to a ping")
            self._owner.abort_after(LEFT_ALONE_AFTER_S)
            return
        self._is_asked = not self._has_spoken
        if self._is_asked and not self.is_closing and waiting <= DROP_PRESENCE_ABOVE:
            self._transport.write(PING_FRAME)
        self._has_spoken, self._controls, self._waited = False, 0, waiting


def _nobody(_message: bytes) -> None:
    """Hears for a socket that nobody listens to."""
