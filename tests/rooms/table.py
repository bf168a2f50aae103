"""A room with many clients and no network: every delay and every fault is the test's."""

from collections import deque
from collections.abc import Sequence
from uuid import UUID

from apps.rooms.documents import SCHEMAS, DocumentName
from apps.rooms.room.burst import Burst
from apps.rooms.room.connection import Connection, Person
from apps.rooms.room.ledger import Ledger
from apps.rooms.room.protocol import CloseCode, ProtocolError
from apps.rooms.room.room import Room, Stored
from apps.rooms.room.timeline import Timeline
from tests.rooms.peer import Change, Peer

BOARD = SCHEMAS[DocumentName.BOARD]
EPOCH = "e1"


class FakeSocket:
    def __init__(self) -> None:
        self.frames: deque[bytes] = deque()
        self.closed: tuple[int, str] | None = None

    def send(self, burst: Burst) -> None:
        if self.closed is None:
            self.frames += burst.must + burst.may

    def close(self, code: int, reason: str) -> None:
        self.closed = self.closed or (code, reason)


class Seat:
    """A peer and its connection, with the frames on their way in both directions."""

    def __init__(self, room: Room, person: Person, peer: Peer | None = None) -> None:
        self.room = room
        self.peer = peer or Peer()
        self.socket = FakeSocket()
        self.connection = Connection(self.socket, person)
        self.to_room: deque[bytes] = deque(self.peer.greet())
        room.join(self.connection)

    def edit(self, change: Change) -> None:
        self.to_room.extend(self.peer.edit(change))

    def say(self, *frames: bytes) -> None:
        self.to_room.extend(frames)

    def deliver_to_room(self) -> None:
        """One frame, as the consumer would."""
        frame = self.to_room.popleft()
        if self.socket.closed:
            return
        try:
            self.room.receive(self.connection, frame, now=0.0)
        except ProtocolError as error:
            self.socket.close(CloseCode.NOT_OF_THE_PROTOCOL, error.reason.value)

    def deliver_to_peer(self) -> None:
        self.to_room.extend(self.peer.hear(self.socket.frames.popleft()))


class Table:
    """The room, its log (a list of rows) and the seats at it."""

    def __init__(self, first: bytes) -> None:
        self.log = [Stored(first, None)]
        self.epoch = EPOCH
        self.room = self._load()
        self.seats: list[Seat] = []

    @property
    def updates(self) -> list[bytes]:
        return [row.update for row in self.log]

    def sit(self, person: Person | None = None, peer: Peer | None = None) -> Seat:
        seat = Seat(self.room, person or Person({"name": "Ann"}), peer)
        self.seats.append(seat)
        return seat

    def leave(self, seat: Seat) -> None:
        self.room.leave(seat.connection)
        self.seats.remove(seat)

    def commit(self) -> None:
        batch = self.room.take_pending()
        self.log += [
            Stored(pending.change.update, pending.connection.person.participant)
            for pending in batch
        ]
        self.room.stored(batch)
        self.room.flush()

    def append_elsewhere(
        self, *updates: bytes, participant: UUID | None = None
    ) -> Sequence[Stored]:
        """Another process puts rows into the log; the room has yet to read them."""
        rows = [Stored(update, participant) for update in updates]
        self.log += rows
        return rows

    def crash(self) -> None:
        """The process dies: the log is all that is left; everybody comes back."""
        peers = [(seat.connection.person, seat.peer) for seat in self.seats]
        self.room, self.seats = self._load(), []
        for person, peer in peers:
            self.sit(person, peer)

    def settle(self) -> None:
        """Delivers and commits until nothing is on its way."""
        while self._is_busy:
            for seat in self.seats:
                while seat.to_room:
                    seat.deliver_to_room()
                while seat.socket.frames:
                    seat.deliver_to_peer()
            self.commit()

    @property
    def _is_busy(self) -> bool:
        on_the_way = any(seat.to_room or seat.socket.frames for seat in self.seats)
        return on_the_way or self.room.has_pending or self.room.has_news

    def _load(self) -> Room:
        room = Room(self.epoch, Ledger(BOARD), Timeline())
        room.add_stored(self.log)
        room.flush()
        return room
