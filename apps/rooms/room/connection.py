"""One socket as its room sees it."""

from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from apps.core.json import JsonObject
from apps.rooms.room.protocol import Refusal, refused_frame, stored_frame


class Socket(Protocol):
    """The way out to a browser. Neither call waits or fails."""

    def send(self, frame: bytes, *, droppable: bool = False) -> None:
        """droppable: may be left out for a reader who is too slow (presence)."""

    def close(self, code: int, reason: str) -> None: ...


@dataclass(frozen=True)
class Person:
    """Who sits behind a connection.

    user: what the others see of them, set by the server. refusal: why they may not write.
    """

    user: JsonObject
    participant: UUID | None = None
    refusal: Refusal | None = None


@dataclass(eq=False)
class Connection:
    """Counts the document frames of a socket, and tells it what became of them.

    received: frames so far. waiting: of these, how many the log has yet to take.
    settled: the first so many are in the log, or were refused with a message of their own.
    missing: the first frame of a gap that the client was asked to fill with a step 2.
    """

    socket: Socket
    person: Person
    client_id: int | None = None
    asks: bool = False
    received: int = 0
    waiting: int = 0
    settled: int = 0
    missing: int | None = None
    _reported: int = field(default=-1, repr=False)

    def refuse(self, refusal: Refusal) -> None:
        if self.asks:
            self.socket.send(refused_frame(self.received, refusal))
        self.settle()

    def refuse_next(self, refusal: Refusal) -> None:
        """Refuses a frame that the room will not see."""
        self.received += 1
        self.refuse(refusal)

    def settle(self, stored: int = 0) -> None:
        """Moves the count on. `stored`: the number of the last frame that the log has taken."""
        reached = stored if self.waiting else self.received
        if self.missing is not None:
            reached = min(reached, self.missing - 1)
        self.settled = max(self.settled, reached)
        self.report()

    def report(self) -> None:
        if self.asks and self.settled != self._reported:
            self._reported = self.settled
            self.socket.send(stored_frame(self.settled))
