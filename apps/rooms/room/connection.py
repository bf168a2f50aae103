"""One socket as its room sees it."""

import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol
from uuid import UUID

from apps.core.json import JsonObject
from apps.rooms.room.burst import Burst
from apps.rooms.room.protocol import Refusal


class Socket(Protocol):
    """The way out to a browser. Neither call waits or fails."""

    def send(self, burst: Burst) -> None: ...

    def close(self, code: int, reason: str) -> None: ...


@dataclass(frozen=True)
class Person:
    """Who sits behind a connection.

    user: what the others see of them, set by the server. refusal: why they may not write.
    reads_history: whether what was deleted before they came may reach their browser. They are also
    believed when they say that the log has lost rows.
    """

    user: JsonObject
    participant: UUID | None = None
    refusal: Refusal | None = None
    reads_history: bool = True

    @cached_property
    def stamp(self) -> str:
        """The end of a presence state, as JSON text."""
        return f'"user":{json.dumps(self.user, separators=(",", ":"))}}}'


@dataclass(eq=False, slots=True)
class Connection:
    """Counts the document frames of a socket, so that it can be told what became of them.

    client_id: the one that it speaks for in presence. asks: it wants to hear what is stored.
    speaks_dialect: it counts rows of the log. hears_changes: it has the document as of some
    moment, and wants what comes after. claimed: it began by saying that it had the rows up to this
    one, which nobody can know.
    received: document frames so far. waiting: of these, how many the log has yet to take.
    settled: the first so many are in the log, or were refused with a message of their own.
    missing: the first frame of a gap that the client was asked to fill with a step 2.
    """

    socket: Socket
    person: Person
    client_id: int | None = None
    asks: bool = False
    speaks_dialect: bool = False
    hears_changes: bool = False
    claimed: int = 0
    received: int = 0
    waiting: int = 0
    settled: int = 0
    missing: int | None = None
    own_prefix: str = ""  # how its presence states begin, if with a `user` of its own
    _reported: int = field(default=-1, repr=False)

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

    @property
    def may_be_told_how_far(self) -> bool:
        """Who counts rows must not believe to have them before the welcome."""
        return self.hears_changes or not self.speaks_dialect

    def take_report(self) -> int | None:
        """How many frames are settled, if it wants to know and has not been told."""
        if not self.asks or self.settled == self._reported:
            return None
        self._reported = self.settled
        return self.settled
