"""Somebody at the table who sends whatever bytes they like, and what it costs the room."""

import time
from dataclasses import dataclass
from uuid import UUID

from apps.rooms.room.connection import Connection, Person
from apps.rooms.room.protocol import CloseCode, Kind, ProtocolError, Refusal
from tests.rooms.table import FakeSocket, Table

ANN = Person({"name": "Ann"}, participant=UUID(int=1))
BOB = Person({"name": "Bob"}, participant=UUID(int=2))
MAL = Person({"name": "Mal"}, participant=UUID(int=3))
EVE = Person({"name": "Eve"}, participant=UUID(int=4), reads_history=False)
OBSERVER = Person(
    {"name": "Olga"}, participant=UUID(int=5), refusal=Refusal.READ_ONLY, reads_history=False
)
ENDED = Person({"name": "Edna"}, participant=UUID(int=6), refusal=Refusal.ENDED)

SLOW_S = 0.05
MUCH_TOO_SLOW_S = 0.5  # far from what any frame costs: a busy machine must not fail a test


@dataclass
class Stopwatch:
    """CPU time of the process, frame by frame."""

    frames: int = 0
    slow: int = 0
    worst_s: float = 0.0

    def add(self, seconds: float) -> None:
        self.frames += 1
        self.slow += seconds > SLOW_S
        self.worst_s = max(self.worst_s, seconds)


class Intruder:
    """Who is closed sits down again by a new socket, as a program would.

    closed: how often. reasons: what it was told then.
    """

    def __init__(self, table: Table, person: Person, watch: Stopwatch | None = None) -> None:
        self.table = table
        self.person = person
        self.watch = watch or Stopwatch()
        self.closed = 0
        self.reasons: set[str] = set()
        self._sit_down()

    def say(self, frame: bytes) -> tuple[int, str] | None:
        """Sends it as the consumer would. Returns what the socket was closed with, if it was."""
        started = time.process_time()
        try:
            self.table.room.receive(self.connection, frame, now=0.0)
        except ProtocolError as error:
            self.socket.close(CloseCode.NOT_OF_THE_PROTOCOL, error.reason.value)
        self.watch.add(time.process_time() - started)
        closed = self.socket.closed
        if closed:
            self.closed += 1
            self.reasons.add(closed[1])
            self.table.room.leave(self.connection)
            self._sit_down()
        if self.table.room.has_pending or self.table.room.has_news:
            self.table.commit()
        return closed

    def heard(self, kind: Kind) -> list[bytes]:
        """What this socket has been sent of one kind."""
        return [frame for frame in self.socket.frames if frame[:1] == bytes((kind,))]

    def _sit_down(self) -> None:
        self.socket = FakeSocket()
        self.connection = Connection(self.socket, self.person)
        self.table.room.join(self.connection)
