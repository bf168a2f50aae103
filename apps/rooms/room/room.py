"""A room: the sockets on one document, and what is said between them.

Plain and synchronous. Frames come in by `receive`. What is to be stored waits in `take_pending`,
and nobody else sees it before `stored` says that it is in the log. What there is to say gathers
until `flush`. The clock is passed in.

The document itself is never opened: the ledger knows what may be added to it, the timeline holds
the bytes that make it up.
"""

import logging
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import NamedTuple
from uuid import UUID

from apps.rooms.room import protocol
from apps.rooms.room.burst import Burst
from apps.rooms.room.connection import Connection
from apps.rooms.room.fanout import Fanout, News
from apps.rooms.room.ledger import Accepted, Change, Ledger, Refused
from apps.rooms.room.presence import Presence
from apps.rooms.room.protocol import (
    Ask,
    Check,
    CloseCode,
    DocumentFrame,
    How,
    Place,
    PresenceEntry,
    PresenceFrame,
    QueryPresence,
    Refusal,
    Step1,
)
from apps.rooms.room.timeline import Timeline

logger = logging.getLogger(__name__)


class Pending(NamedTuple):
    """An accepted change on its way into the log. number: which frame of the connection it was."""

    connection: Connection
    number: int
    change: Change


class Stored(NamedTuple):
    """A row that another process has put into the log."""

    update: bytes
    participant: UUID | None


class Overlaps(Exception):
    """A row of another process holds a change that this one is about to store: its author went over
    there and sent it again. This room has to be loaded anew."""


class Room:
    """epoch: names this log; another one begins when the store was restored from elsewhere.
    is_alone: no other process can have the room. refusal: why nobody may write.
    """

    def __init__(
        self,
        epoch: str,
        ledger: Ledger,
        timeline: Timeline,
        *,
        is_alone: bool = True,
        refusal: Refusal | None = None,
    ) -> None:
        self.epoch = epoch
        self.ledger = ledger
        self.timeline = timeline
        self.is_alone = is_alone
        self.refusal = refusal
        self.connections: set[Connection] = set()
        self.presence = Presence(self._bound)
        # What the process has to see to, taken away by the host.
        self.pointed: list[PresenceEntry] = []  # presence of our sockets, for other processes
        self.doubts: list[tuple[Connection, Place]] = []  # who claims to know more than the log
        self.checks: dict[Connection, Check] = {}
        # Whether there is anything of this, or to store, that the host has not seen to.
        self.calls = False
        self._pending: list[Pending] = []
        self._accepted = 0
        self._stored = 0
        # What to do once the log holds the first so many accepted changes.
        self._due: deque[tuple[int, Callable[[], None]]] = deque()
        # Who waits for a snapshot, so that nothing deleted is in what they get; by the ask, if any.
        self._newcomers: dict[Connection, bool] = {}
        # Document frames that wait until the rows of other processes have been read.
        self._held: dict[Connection, list[DocumentFrame]] = {}
        # What the next flush will say.
        self._news: list[News] = []
        self._reports: set[Connection] = set()
        self._latest: dict[int, PresenceEntry] = {}
        self._pointers: set[Connection | None] = set()

    # Who is here

    def join(self, connection: Connection) -> None:
        self.connections.add(connection)
        _tell(connection, protocol.step_1(self.ledger.state_vector))
        self._tell_presence(connection)

    def leave(self, connection: Connection) -> None:
        """Ends the connection; its changes on the way into the log go on."""
        self.connections.discard(connection)
        self._held.pop(connection, None)
        self._newcomers.pop(connection, None)
        self.checks.pop(connection, None)
        self._point(self.presence.leave(connection), connection)

    def close_all(self, code: int, reason: str) -> None:
        for connection in list(self.connections):
            connection.socket.close(code, reason)

    # What they say

    def receive(self, connection: Connection, frame: bytes, now: float) -> None:
        """Takes in one frame. Raises ProtocolError."""
        if self._move(connection, frame, now):
            return
        message = protocol.read_message(frame)
        if isinstance(message, PresenceFrame):
            self._point(self.presence.take(connection, message.entries, now), connection)
        elif isinstance(message, DocumentFrame):
            self._take_in_turn(connection, message)
        elif isinstance(message, Ask):
            self._asked(connection, message.place)
        elif isinstance(message, Step1):
            self._answer(connection)
        elif isinstance(message, QueryPresence):
            self._tell_presence(connection)
        else:
            self._check(connection, message)

    def _move(self, connection: Connection, frame: bytes, now: float) -> bool:
        """Whether it is the move of a pointer: most frames are, and cost less here."""
        if connection.client_id is None:
            return False
        move = protocol.read_move(frame, connection.client_id)
        entry = self.presence.move(connection, *move, now) if move else None
        if entry is None:
            return False
        self._latest[entry.client_id] = entry
        self._pointers.add(connection)
        if not self.is_alone:
            self.pointed.append(entry)
        return True

    def _take_in_turn(self, connection: Connection, frame: DocumentFrame) -> None:
        if connection in self._held:
            self._held[connection].append(frame)
        else:
            self._take(connection, frame)

    def _take(self, connection: Connection, frame: DocumentFrame) -> None:
        connection.received += 1
        refusal = self.refusal or connection.person.refusal
        if frame.is_too_large:
            self._refuse(connection, Refusal.TOO_LARGE)
        elif refusal is not None:
            self._take_from_reader(connection, refusal, frame.update)
        else:
            self._judge(connection, frame)

    def _take_from_reader(self, connection: Connection, refusal: Refusal, update: bytes) -> None:
        """A reader's step 2 says that there is nothing new, or it is refused."""
        if self.ledger.is_known(update):
            self._acknowledge_when_stored(connection)
        else:
            self._refuse(connection, refusal)

    def _judge(
        self, connection: Connection, frame: DocumentFrame, *, is_caught_up: bool = False
    ) -> None:
        verdict = self.ledger.accept(frame.update, connection.person.participant)
        if isinstance(verdict, Accepted):
            self._accept(connection, frame, verdict.change)
        elif isinstance(verdict, Refused) and verdict.reason is Refusal.TOO_LARGE:
            self._refuse(connection, verdict.reason)
        elif isinstance(verdict, Refused):
            logger.info("A change was refused as %s: %s", verdict.reason.value, verdict.detail)
            self._expel(connection, verdict.reason)
        elif not (self.is_alone or is_caught_up):
            self._hold(connection, frame)
        elif frame.is_step_2:
            self._expel(connection, Refusal.MALFORMED)
        else:
            self._ask_for_missing(connection)

    def _accept(self, connection: Connection, frame: DocumentFrame, change: Change | None) -> None:
        if frame.is_step_2:
            connection.missing = None
        if change is None:
            self._acknowledge_when_stored(connection)
        else:
            connection.take_in()
            self._accepted += 1
            self._pending.append(Pending(connection, connection.received, change))
            self.calls = True

    def _ask_for_missing(self, connection: Connection) -> None:
        connection.missing = connection.missing or connection.received
        _tell(connection, protocol.step_1(self.ledger.state_vector))

    def _acknowledge_when_stored(self, connection: Connection) -> None:
        """Known is not yet stored: it may have come a moment ago, by this browser's old socket."""
        connection.take_in()
        self._due.append((self._accepted, partial(self._done, connection, connection.received)))
        self._do_what_is_due()

    def refuse_next(self, connection: Connection, refusal: Refusal) -> None:
        """Refuses a frame that is not even looked at."""
        connection.received += 1
        self._refuse(connection, refusal)

    def _refuse(self, connection: Connection, refusal: Refusal) -> None:
        if connection.asks:
            _tell(connection, protocol.refused_frame(connection.received, refusal))
        connection.settle(connection.settled)
        self._reports.add(connection)

    def _expel(self, connection: Connection, refusal: Refusal) -> None:
        self._refuse(connection, refusal)
        connection.socket.close(CloseCode.NOT_OF_THE_PROTOCOL, refusal.value)

    # What waits for rows of other processes

    @property
    def waits_for_rows(self) -> bool:
        return bool(self._held)

    def _hold(self, connection: Connection, frame: DocumentFrame) -> None:
        """What it builds on may be in the log already, put there by another process."""
        connection.take_in()
        self._held[connection] = [frame]
        self.calls = True

    def look_again(self) -> None:
        """Every row that was in the log a moment ago has been added."""
        held, self._held = self._held, {}
        for connection, (first, *others) in held.items():
            connection.waiting -= 1
            self._judge(connection, first, is_caught_up=True)
            for frame in others:
                self._take_in_turn(connection, frame)

    # What becomes of changes

    @property
    def has_pending(self) -> bool:
        return bool(self._pending)

    def take_pending(self) -> list[Pending]:
        pending, self._pending = self._pending, []
        return pending

    def stored(self, batch: Sequence[Pending]) -> None:
        """The log has the batch."""
        self._stored += len(batch)
        seq = self.timeline.seq
        for connection, number, change in batch:
            seq += 1
            self._news.append(News(seq, change, connection))
            self._done(connection, number)
        self.timeline.append([pending.change for pending in batch])
        self._do_what_is_due()

    def add_stored(self, rows: Iterable[Stored]) -> None:
        """Changes that other processes have put into the log. Raises Unacceptable, or Overlaps."""
        for row in rows:
            change = self.ledger.add_stored(row.update, row.participant)
            if change.update != row.update and self._accepted > self._stored:
                raise Overlaps
            self.timeline.append([change])
            self._news.append(News(self.timeline.seq, change, None))

    def _done(self, connection: Connection, number: int) -> None:
        connection.done(number)
        self._reports.add(connection)

    def _do_what_is_due(self) -> None:
        while self._due and self._due[0][0] <= self._stored:
            self._due.popleft()[1]()

    # What they ask for

    def _asked(self, connection: Connection, place: Place | None) -> None:
        connection.asks = True
        if place is None:
            self._reports.add(connection)
            return
        connection.speaks_dialect = True
        if place.epoch == self.epoch and place.seq > self.timeline.seq:
            self.doubts.append((connection, place))
            self.calls = True
        else:
            self.welcome(connection, place)

    def welcome(self, connection: Connection, place: Place) -> None:
        """What somebody lacks who has everything up to `place`; the whole if that is not known."""
        known = place.seq if place.epoch == self.epoch else 0
        if self._would_see_deleted(connection, known):
            self._newcomers[connection] = self.calls = True
            return
        self.flush()
        later = self.timeline.after(known) if known else None
        if later is None:
            self._welcome(connection, How.WHOLE, self.timeline.whole())
        else:
            if not connection.hears_changes:
                connection.claimed = known
            self._welcome(connection, How.WHAT_CAME_AFTER, later)

    def _answer(self, connection: Connection) -> None:
        """Answers a step 1 with the whole: a stock client does not mind what it has already."""
        if self._would_see_deleted(connection, 0):
            self._newcomers[connection] = False
            self.calls = True
        else:
            self._give_whole(connection, asked=False)

    def _give_whole(self, connection: Connection, *, asked: bool) -> None:
        self.flush()
        if asked:
            self._welcome(connection, How.WHOLE, self.timeline.whole())
        else:
            _tell(connection, protocol.step_2(self.timeline.whole()))
            connection.hears_changes = True

    def _welcome(self, connection: Connection, how: How, update: bytes) -> None:
        place = Place(self.epoch, self.timeline.seq)
        _tell(connection, protocol.welcome_frame(place, how, update))
        connection.hears_changes = True
        self._reports.add(connection)

    # Who may not see what was deleted before they came

    def _would_see_deleted(self, connection: Connection, known: int) -> bool:
        if connection.person.reads_history:
            return False
        shown_from = known or self.timeline.base_seq
        if connection.hears_changes:  # and was here when what came since was deleted
            return self.timeline.deletes_after(shown_from, up_to=connection.claimed)
        return self.timeline.deletes_after(shown_from)

    @property
    def waits_for_snapshot(self) -> bool:
        return bool(self._newcomers)

    def take_newcomers(self) -> dict[Connection, bool]:
        """Those that a snapshot which begins now is for."""
        newcomers, self._newcomers = self._newcomers, {}
        return newcomers

    def let_in(self, newcomers: Mapping[Connection, bool]) -> None:
        """The timeline has a snapshot that was begun after they came."""
        for connection, asked in newcomers.items():
            if connection in self.connections:
                self._give_whole(connection, asked=asked)

    def _check(self, connection: Connection, check: Check) -> None:
        if not connection.speaks_dialect:
            raise protocol.ProtocolError(protocol.Reason.TOO_EARLY)
        if check.seq < self.timeline.seq:  # the rows between may have got lost on their way
            self.welcome(connection, Place(self.epoch, check.seq))
        else:
            self.checks[connection] = check
            self.calls = True

    # Presence

    def hear(self, process: str, entries: tuple[PresenceEntry, ...], now: float) -> None:
        """Presence from another process."""
        self._show(self.presence.take_remote(process, entries, now), None)

    def prune(self, now: float) -> None:
        self._show(self.presence.prune(now), None)

    def _point(self, entries: list[PresenceEntry], connection: Connection) -> None:
        self._show(entries, connection)
        if not self.is_alone:
            self.pointed += entries

    def _bound(self, client_id: int, connection: Connection) -> None:
        """Who shows a client id writes under it sooner or later."""
        self.ledger.claim(client_id, connection.person.participant)

    def _show(self, entries: list[PresenceEntry], connection: Connection | None) -> None:
        """The latest of each client goes out with the next flush."""
        for entry in entries:
            self._latest[entry.client_id] = entry
            self._pointers.add(connection)

    def _tell_presence(self, connection: Connection) -> None:
        if entries := self.presence.everybody():
            connection.socket.send(Burst(may=(protocol.presence_frame(entries),)))

    # Saying it

    @property
    def has_news(self) -> bool:
        return bool(self._latest or self._news or self._reports)

    def flush(self) -> None:
        """Says what has gathered: the same bytes to all who hear the same."""
        latest, self._latest = self._latest, {}
        pointers, self._pointers = self._pointers, set()
        only_pointer = next(iter(pointers)) if len(pointers) == 1 else None
        if self._news or self._reports:
            self._say_everything(list(latest.values()), only_pointer)
        elif latest:  # nearly always
            burst = Burst(may=(protocol.presence_frame(list(latest.values())),))
            for connection in self.connections:
                if connection is not only_pointer:
                    connection.socket.send(burst)

    def _say_everything(
        self, presence: Sequence[PresenceEntry], only_pointer: Connection | None
    ) -> None:
        news, self._news = self._news, []
        reports, self._reports = self._reports, set()
        fanout = Fanout(news, presence, only_pointer)
        special: set[Connection | None] = {fanout.only_author, fanout.only_pointer, *reports}
        usual = fanout.usual
        for connection in self.connections if news or presence else reports & self.connections:
            if connection in special or not connection.hears_changes:
                self._say_specially(fanout, connection)
                continue
            dialect = connection.speaks_dialect
            connection.socket.send(usual.get(dialect) or fanout.fill(dialect))

    def _say_specially(self, fanout: Fanout, connection: Connection) -> None:
        count = connection.take_report() if connection.may_be_told_how_far else None
        first = () if count is None else (protocol.stored_frame(count, self.timeline.seq),)
        burst = fanout.special(connection, first)
        if burst.wire:
            connection.socket.send(burst)


def _tell(connection: Connection, frame: bytes) -> None:
    connection.socket.send(Burst((frame,)))
