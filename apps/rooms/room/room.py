"""A room: the sockets on one document, and what is said between them.

Plain and synchronous. Frames come in by `receive`; what is to be stored waits in `take_pending`
and is seen by the others only when `stored` says that it is in the log. The clock is passed in.
"""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from apps.rooms.room import protocol
from apps.rooms.room.connection import Connection
from apps.rooms.room.live import Accepted, Broke, Broken, HasGap, LiveDocument, Refused
from apps.rooms.room.presence import Presence
from apps.rooms.room.protocol import CloseCode, DocumentFrame, PresenceEntry, Refusal
from apps.rooms.room.updates import Unacceptable


@dataclass(frozen=True, slots=True)
class Pending:
    """An accepted change on its way into the log. number: which frame of the connection it was."""

    connection: Connection
    number: int
    update: bytes


class Room:
    def __init__(self, live: LiveDocument) -> None:
        self.live = live
        self.connections: set[Connection] = set()
        self.presence = Presence()
        self.is_broken = False
        self._pending: list[Pending] = []
        self._accepted = 0
        self._stored = 0
        # What to do once the log holds the first so many accepted changes.
        self._due: deque[tuple[int, Callable[[], None]]] = deque()
        self._held_back: list[tuple[Connection, bytes, float]] = []

    # Who is here

    def join(self, connection: Connection) -> None:
        self.connections.add(connection)
        connection.socket.send(protocol.step_1(self.live.state_vector))
        self._tell_presence(connection)

    def leave(self, connection: Connection) -> list[PresenceEntry]:
        """Ends the connection; its changes on the way into the log go on. The presence to pass on
        to other processes."""
        self.connections.discard(connection)
        return self._show(self.presence.leave(connection), but=connection)

    def close_all(self, code: int, reason: str) -> None:
        for connection in list(self.connections):
            connection.socket.close(code, reason)

    # What they say

    def receive(self, connection: Connection, frame: bytes, now: float) -> list[PresenceEntry]:
        """Takes in one frame. The presence to pass on to other processes. Raises ProtocolError."""
        message = protocol.read_message(frame)
        match message:
            case protocol.PresenceFrame(entries):
                return self._show(self.presence.take(connection, entries, now), but=connection)
            case protocol.QueryPresence():
                self._tell_presence(connection)
            case protocol.Ask():
                connection.asks = True
                connection.report()
            case _ if self.is_broken:
                self._held_back.append((connection, frame, now))
            case protocol.Step1(state_vector):
                self._answer(connection, state_vector)
            case DocumentFrame():
                self._take(connection, message)
        return []

    def _answer(self, connection: Connection, state_vector: bytes) -> None:
        try:
            missing = self.live.since(state_vector)
        except Unacceptable as error:
            raise protocol.ProtocolError(protocol.Reason.TRUNCATED) from error
        connection.expect_answer()
        self._when_stored(partial(connection.answer, protocol.step_2(missing)))

    def _take(self, connection: Connection, frame: DocumentFrame) -> None:
        connection.received += 1
        if frame.is_too_large:
            connection.refuse(Refusal.TOO_LARGE)
        elif connection.person.refusal is not None:
            self._take_from_reader(connection, connection.person.refusal, frame.update)
        else:
            self._accept(connection, frame)

    def _take_from_reader(self, connection: Connection, refusal: Refusal, update: bytes) -> None:
        """A reader's step 2 says that there is nothing new, or it is refused."""
        if self.live.is_known(update):
            self._queue(connection, update, is_news=False)
        else:
            connection.refuse(refusal)

    def _accept(self, connection: Connection, frame: DocumentFrame) -> None:
        match self.live.accept(frame.update):
            case Accepted(is_news):
                if frame.is_step_2:
                    connection.missing = None
                self._queue(connection, frame.update, is_news=is_news)
            case HasGap() if not frame.is_step_2:
                connection.missing = connection.missing or connection.received
                connection.socket.send(protocol.step_1(self.live.state_vector))
            case HasGap() | Refused():
                self._expel(connection)
            case Broke():
                self.is_broken = True
                self._expel(connection)

    def _queue(self, connection: Connection, update: bytes, *, is_news: bool) -> None:
        connection.take_in()
        if is_news:
            self._accepted += 1
            self._pending.append(Pending(connection, connection.received, update))
        else:
            # Known is not yet stored: it may have come a moment ago, by this browser's old socket.
            self._when_stored(partial(_acknowledge, connection, connection.received))

    def _expel(self, connection: Connection) -> None:
        connection.refuse(Refusal.MALFORMED)
        connection.socket.close(CloseCode.NOT_OF_THE_PROTOCOL, Refusal.MALFORMED.value)

    # What becomes of it

    @property
    def has_pending(self) -> bool:
        return bool(self._pending)

    def take_pending(self) -> list[Pending]:
        pending, self._pending = self._pending, []
        return pending

    def stored(self, batch: list[Pending]) -> None:
        """The log has the batch: tell the senders, then everybody else."""
        self._stored += len(batch)
        for pending in batch:
            pending.connection.done(pending.number)
        for connection in {pending.connection for pending in batch}:
            connection.report()
        for pending in batch:
            self._send_change(pending.update, but=pending.connection)
        self._do_what_is_due()

    def add_stored(self, updates: Iterable[bytes]) -> None:
        """Changes that other processes have put into the log."""
        for update in updates:
            self._add_stored(update)
            self._send_change(update)

    def _add_stored(self, update: bytes) -> None:
        if self.is_broken:
            return  # the fresh document will have it
        try:
            self.live.add_stored(update)
        except Broken:
            self.is_broken = True

    def restore(self, live: LiveDocument) -> None:
        """A fresh document after a broken one, once everything accepted is stored."""
        self.live, self.is_broken = live, False
        held_back, self._held_back = self._held_back, []
        for connection, frame, now in held_back:
            if connection in self.connections:
                self._receive_late(connection, frame, now)

    def _receive_late(self, connection: Connection, frame: bytes, now: float) -> None:
        try:
            self.receive(connection, frame, now)
        except protocol.ProtocolError as error:
            connection.socket.close(CloseCode.NOT_OF_THE_PROTOCOL, error.reason.value)

    def _send_change(self, update: bytes, but: Connection | None = None) -> None:
        frame = protocol.update_frame(update)
        for connection in self.connections:
            if connection is not but:
                connection.send_change(frame)

    def _when_stored(self, act: Callable[[], None]) -> None:
        """Nobody is shown, or promised, what could still be lost."""
        self._due.append((self._accepted, act))
        self._do_what_is_due()

    def _do_what_is_due(self) -> None:
        while self._due and self._due[0][0] <= self._stored:
            self._due.popleft()[1]()

    # Presence

    def hear(self, process: str, entries: tuple[PresenceEntry, ...], now: float) -> None:
        """Presence from another process."""
        self._show(self.presence.take_remote(process, entries, now))

    def prune(self, now: float) -> None:
        self._show(self.presence.prune(now))

    def _show(
        self, entries: list[PresenceEntry], but: Connection | None = None
    ) -> list[PresenceEntry]:
        if entries:
            frame = protocol.presence_frame(entries)
            for connection in self.connections - {but}:
                connection.socket.send(frame, droppable=True)
        return entries

    def _tell_presence(self, connection: Connection) -> None:
        if entries := self.presence.everybody():
            connection.socket.send(protocol.presence_frame(entries), droppable=True)


def _acknowledge(connection: Connection, number: int) -> None:
    connection.done(number)
    connection.report()
