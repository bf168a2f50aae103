"""One room of this process: what stores its changes, reads those of others and sums them up."""

import asyncio
import logging
from collections.abc import Coroutine, Sequence
from functools import partial
from typing import Any

from apps.rooms.documents import DocumentKey, DocumentName
from apps.rooms.domain import log
from apps.rooms.domain.batches import Batch, Entry, ForeignClient, LogGone, RowsMissing
from apps.rooms.domain.log import Row
from apps.rooms.domain.projecting import is_behind, request_projection
from apps.rooms.domain.quarantine import quarantine
from apps.rooms.hosting.bridge import Bridge, Message, is_shared
from apps.rooms.hosting.debounce import Debounce
from apps.rooms.hosting.flushing import Flusher
from apps.rooms.hosting.loading import load
from apps.rooms.hosting.reads import Reads
from apps.rooms.hosting.settings import Timing
from apps.rooms.hosting.threads import reading, run_apart, writing
from apps.rooms.hosting.writer import Writer
from apps.rooms.reader import Unreadable
from apps.rooms.room.connection import Connection
from apps.rooms.room.ledger import Unacceptable
from apps.rooms.room.protocol import CloseCode, Place, Refusal, read_presence
from apps.rooms.room.room import Overlaps, Pending, Room, Stored

logger = logging.getLogger(__name__)


class HostedRoom:
    """Rows are appended and read one thing at a time, so that they reach the sockets in the order
    of the log: while `_is_under_way`, whatever else there is to do waits for `_go_on`."""

    room: Room
    log_id: int

    def __init__(self, key: DocumentKey, writer: Writer, timing: Timing) -> None:
        self.key = key
        self.is_closed = False
        self._writer = writer
        self._timing = timing
        self._bridge = Bridge(key, self._hear)
        self._projection = Debounce(timing.quiet_s, timing.busy_s, self._project)
        self._known_elsewhere = 0  # a sequence number that the log is said to have reached
        self._sent_up_to = 0  # the last row of the batch that was given to the writer
        self._is_under_way = False
        self._is_suspect = False  # found unreadable: what is wrong with it is being looked for
        self._at_rest = asyncio.Event()
        self._at_rest.set()
        self._errands: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        """Listens first, then loads: nothing falls between the two."""
        await self._bridge.open()
        self.begin(*await reading.run(load, self.key, not is_shared()))
        self._bridge.ask()
        if self.key.name == DocumentName.BOARD:
            self._begin(self._catch_up_projection())

    def begin(self, log_id: int, room: Room) -> None:
        """From now on it can be joined."""
        self.log_id, self.room = log_id, room
        self._flusher = Flusher(room, self._bridge, self._timing)
        self._reads = Reads(self.key, log_id, room, self._timing, self._begin)

    # What the consumers call

    def join(self, connection: Connection) -> None:
        self.room.join(connection)

    def leave(self, connection: Connection) -> None:
        self.room.leave(connection)
        self._see_to_it()

    def receive(self, connection: Connection, frame: bytes, now: float) -> None:
        """now: by the clock of the loop. Raises ProtocolError."""
        room = self.room
        room.receive(connection, frame, now)
        if room.calls:
            self._see_to_it()
        elif room.has_news:
            self._flusher.schedule()

    def refuse_next(self, connection: Connection, refusal: Refusal) -> None:
        """Refuses a frame that is not even looked at, and tells so at once."""
        self.room.refuse_next(connection, refusal)
        self.room.flush()

    @property
    def is_at_rest(self) -> bool:
        return self._at_rest.is_set()

    async def settled(self) -> None:
        """Until everything accepted is stored, or was given up."""
        await self._at_rest.wait()

    # One thing at a time

    def _see_to_it(self) -> None:
        room = self.room
        room.calls = False
        if room.has_news:
            self._flusher.schedule()
        if room.has_pending or room.waits_for_rows or room.doubts:
            self._go_on()
        self._reads.see_to_it()

    def _go_on(self) -> None:
        """Begins the next thing that has to be done, unless one is under way."""
        if self._is_under_way or self.is_closed:
            return
        room = self.room
        if room.waits_for_rows or room.doubts or self._known_elsewhere > room.timeline.seq:
            self._under_way()
            self._begin(self._or_give_up(self._catch_up_and_go_on()))
        elif room.has_pending:
            self._under_way()
            self._append(room.take_pending())
        else:
            self._at_rest.set()

    def _under_way(self) -> None:
        self._is_under_way = True
        self._at_rest.clear()

    def _over(self) -> None:
        self._is_under_way = False
        self._see_to_it()
        self._go_on()

    # Storing

    def _append(self, batch: list[Pending], tries: int = 0) -> None:
        entries = [
            Entry(one.change.update, one.connection.person.participant, one.change.new_clients)
            for one in batch
        ]
        rows = Batch(self.log_id, self.room.timeline.seq + 1, entries)
        self._sent_up_to = rows.last_seq
        self._writer.append(rows).add_done_callback(partial(self._appended, batch, tries))

    def _appended(self, batch: list[Pending], tries: int, outcome: "asyncio.Future[bool]") -> None:
        if error := outcome.exception():
            self._append_again(batch, tries, error)
        elif outcome.result():
            self._stored(batch)
        else:
            self._begin(self._or_give_up(self._catch_up_and_append(batch)))

    def _stored(self, batch: Sequence[Pending]) -> None:
        self.room.stored(batch)
        self._bridge.tell_seq(self.room.timeline.seq)
        self._changed()
        self._over()

    def _append_again(self, batch: list[Pending], tries: int, error: BaseException) -> None:
        logger.warning("%s of %s: %s", self.key.name, self.key.design_id, error)
        if self.is_closed:
            return  # the browsers have taken the batch along
        if isinstance(error, RowsMissing):
            self._begin(self._or_give_up(self._begin_epoch()))
        elif isinstance(error, LogGone):
            self._stop(CloseCode.NOT_ALLOWED, "the design is gone")
        elif isinstance(error, ForeignClient):
            self._start_afresh()
        elif tries < len(self._timing.retry_after_s):
            delay_s = self._timing.retry_after_s[tries]
            asyncio.get_running_loop().call_later(delay_s, self._append, batch, tries + 1)
        else:
            self._give_up()

    async def _catch_up_and_append(self, batch: list[Pending]) -> None:
        """Another process has written the row that was to be ours."""
        if await self._catch_up():
            self._append(batch)

    async def _or_give_up(self, errand: Coroutine[Any, Any, None]) -> None:
        """For errands that are under way: without them the room would stand still."""
        try:
            await errand
        except Exception:
            logger.exception("%s of %s stands still", self.key.name, self.key.design_id)
            self._give_up()

    def _give_up(self) -> None:
        """The edits stay in the browsers; they come back with them."""
        logger.error("%s of %s cannot be stored", self.key.name, self.key.design_id)
        self._stop(CloseCode.NOT_STORED, "the store does not answer")

    def _start_afresh(self) -> None:
        """Everybody comes back, to a room that is loaded anew."""
        self._stop(CloseCode.RESTART, "the document is loaded again")

    def _stop(self, code: int, reason: str) -> None:
        self.is_closed = True
        self.room.close_all(code, reason)
        self._at_rest.set()
        self._stop_listening()

    # Rows of other processes

    async def _catch_up_and_go_on(self) -> None:
        if await self._catch_up():
            self.room.look_again()
            await self._settle_doubts()
            self._over()

    async def _catch_up(self) -> bool:
        """Reads the rows that other processes have appended. False: the room has ended."""
        for delay_s in (*self._timing.retry_after_s, None):
            try:
                rows = await reading.run(log.read_after, self.log_id, self.room.timeline.seq)
                break
            except Exception as error:
                logger.warning("%s of %s: %s", self.key.name, self.key.design_id, error)
                if delay_s is None:
                    self._give_up()
                    return False
                await asyncio.sleep(delay_s)
        return not self.is_closed and self._add(rows)

    def _add(self, rows: Sequence[Row]) -> bool:
        if rows and rows[0].seq != self.room.timeline.seq + 1:
            self._start_afresh()  # a restart of the log has taken the place of what came between
            return False
        try:
            self.room.add_stored(Stored(row.payload, row.participant_id) for row in rows)
        except (Overlaps, Unacceptable):
            self._start_afresh()
            return False
        self._known_elsewhere = 0
        return True

    async def _settle_doubts(self) -> None:
        """Somebody has rows that the log lacks, although it was just read: it was restored from
        an older copy. With a new epoch, everybody's copies are told from what the log says now.
        Of a guest this is not believed, for it makes everybody start afresh: their own copy is
        found out by the next check."""
        doubts, self.room.doubts = self.room.doubts, []
        for connection, place in doubts:
            if place.seq <= self.room.timeline.seq or not connection.person.reads_history:
                self.room.welcome(connection, Place("", 0))
            else:
                await self._begin_epoch()
                return

    async def _begin_epoch(self) -> None:
        await writing.run(log.begin_epoch, self.log_id)
        self._reload_everywhere()

    def _reload_everywhere(self) -> None:
        self._bridge.tell_reload()
        self._start_afresh()

    def _hear(self, message: Message) -> None:
        match message["kind"]:
            case "seq":
                self._hear_of(message["seq"])
            case "presence":
                now = asyncio.get_running_loop().time()
                self.room.hear(message["from"], read_presence(message["body"]), now)
                self._see_to_it()
            case "who":
                self._bridge.answer(self.room.presence.here())
            case "reload":
                self._start_afresh()

    def _hear_of(self, seq: int) -> None:
        if seq > self.room.timeline.seq:
            self._known_elsewhere = max(self._known_elsewhere, seq)
            self._go_on()

    def look_around(self, epoch: str, seq: int) -> None:
        """Now and then: this is the place of the log. A hint may have got lost, a process too."""
        if epoch != self.room.epoch:
            self._start_afresh()
            return
        # A batch of ours may be in the log a moment before this room hears of it.
        if seq > max(self.room.timeline.seq, self._sent_up_to):
            self._bridge.notice_company()
        elif self._bridge.has_company:
            self._bridge.ask()
        self._hear_of(seq)
        self.room.prune(asyncio.get_running_loop().time())
        self._see_to_it()

    # What is made from the document

    def _changed(self) -> None:
        if self.key.name == DocumentName.BOARD:
            self._projection.touch()

    def _project(self) -> None:
        self._begin(writing.run(request_projection, self.key.design_id))

    async def _catch_up_projection(self) -> None:
        """The process before us may have died between an edit and its projection."""
        if await reading.run(is_behind, self.key.design_id):
            self._projection.touch()

    # The end

    def sum_up(self) -> None:
        """Before a room is unloaded: the next one opens faster, and without what was deleted."""
        if self.room.timeline.rows_since_base > self._timing.snapshot_rows_at_last:
            self._reads.sum_up()

    async def close(self) -> None:
        """Ends the tasks, once everything is stored."""
        self.is_closed = True
        await self.settled()
        self._projection.flush()
        self._stop_listening()
        await asyncio.gather(*self._errands, return_exceptions=True)

    def _stop_listening(self) -> None:
        self._reads.stop()
        self._begin(self._bridge.close())

    def _begin(self, errand: Coroutine[Any, Any, None]) -> None:
        """Something on the side; if it fails, it is tried again another time."""
        task = asyncio.create_task(errand)
        self._errands.add(task)
        task.add_done_callback(self._finish)

    def _finish(self, task: asyncio.Task[None]) -> None:
        self._errands.discard(task)
        error = None if task.cancelled() else task.exception()
        if isinstance(error, Unreadable):
            if not self._is_suspect:
                self._is_suspect = True
                self._begin(self._quarantine(error))
        elif error:
            logger.warning("%s of %s: %s", self.key.name, self.key.design_id, error)

    async def _quarantine(self, error: Unreadable) -> None:
        await run_apart(quarantine, self.log_id, str(error))
        self._reload_everywhere()
