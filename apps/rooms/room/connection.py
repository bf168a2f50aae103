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
    _has_asked_for_document: bool = field(default=False, repr=False)
    _answers_due: int = field(default=0, repr=False)
    _after_answer: list[bytes] = field(default_factory=list, repr=False)

    # What became of its frames

    def refuse(self, refusal: Refusal) -> None:
        if self.asks:
            self.socket.send(refused_frame(self.received, refusal))
        self.settle(self.settled)
        self.report()

    def refuse_next(self, refusal: Refusal) -> None:
        """Refuses a frame that the room will not see."""
        self.received += 1
        self.refuse(refusal)

    def take_in(self) -> None:
        """The latest frame is on its way into the log."""
        self.waiting += 1

    def done(self, number: int) -> None:
        """The log has what was in frame `number`, and in those before it."""
        self.waiting -= 1
        self.settle(number)

    def settle(self, reached: int) -> None:
        if not self.waiting:
            reached = self.received
        if self.missing is not None:
            reached = min(reached, self.missing - 1)
        self.settled = max(self.settled, reached)

    def report(self) -> None:
        if self.asks and self.settled != self._reported:
            self._reported = self.settled
            self.socket.send(stored_frame(self.settled))

    # What it is told of the document: first the answer to its step 1, then every change

    def expect_answer(self) -> None:
        self._has_asked_for_document = True
        self._answers_due += 1

    def answer(self, frame: bytes) -> None:
        self.socket.send(frame)
        self._answers_due -= 1
        if not self._answers_due:
            for later in self._after_answer:
                self.socket.send(later)
            self._after_answer = []

    def send_change(self, frame: bytes) -> None:
        """A change must not overtake the answer that it builds on. Who has not asked yet will find
        it in the answer."""
        if self._answers_due:
            self._after_answer.append(frame)
        elif self._has_asked_for_document:
            self.socket.send(frame)
