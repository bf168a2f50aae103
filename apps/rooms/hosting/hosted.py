"""One room of this process, with the task that stores its changes and reads those of others."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

from apps.rooms.documents import ROOTS, DocumentKey, DocumentName
from apps.rooms.domain import log
from apps.rooms.domain.log import Batch, Entry
from apps.rooms.domain.projecting import is_behind, request_projection
from apps.rooms.hosting.bridge import Bridge, Message
from apps.rooms.hosting.debounce import Debounce
from apps.rooms.hosting.settings import Timing
from apps.rooms.hosting.threads import reading, writing
from apps.rooms.hosting.writer import Writer
from apps.rooms.room.connection import Connection
from apps.rooms.room.live import LiveDocument
from apps.rooms.room.protocol import CloseCode, read_presence
from apps.rooms.room.room import Pending, Room

Result = TypeVar("Result")
logger = logging.getLogger(__name__)


class HostedRoom:
    """seq: the last row of the log that is in the room. Only `_run` reads and appends rows, one
    thing at a time, so that rows reach the sockets in the order of the log."""

    def __init__(self, key: DocumentKey, writer: Writer, timing: Timing) -> None:
        self.key = key
        self.room = Room(LiveDocument(ROOTS[key.name]))
        self.log_id = 0
        self.seq = 0
        self.is_closed = False
        self._writer = writer
        self._timing = timing
        self._bridge = Bridge(key, self._hear)
        self._projection = Debounce(timing.quiet_s, timing.busy_s, self._project)
        self._rows_to_replay = 0  # what a reader of the log has to go through
        self._known_elsewhere = 0  # a sequence number that the log is said to have reached
        self._wake = asyncio.Event()
        self._at_rest = asyncio.Event()
        self._at_rest.set()
        self._loop: asyncio.Task[None] | None = None
        self._errands: set[asyncio.Task[None]] = set()
        self._ticker: asyncio.TimerHandle | None = None

    async def open(self) -> None:
        """Listens first, then loads: nothing falls between the two."""
        await self._bridge.open()
        opened = await reading.run(log.open_log, self.key)
        self.room = Room(LiveDocument(ROOTS[self.key.name], opened.payloads))
        self.log_id, self.seq = opened.log_id, opened.seq
        self._rows_to_replay = len(opened.rows)
        self._loop = asyncio.create_task(self._run(), name="room")
        self._tick()
        self._bridge.ask_presence()
        if self.key.name == DocumentName.BOARD:
            self._begin(self._catch_up_rows())

    # What the consumers call

    def join(self, connection: Connection) -> None:
        self.room.join(connection)

    def leave(self, connection: Connection) -> None:
        self._bridge.tell_presence(self.room.leave(connection))

    def receive(self, connection: Connection, frame: bytes) -> None:
        """Raises ProtocolError."""
        now = asyncio.get_running_loop().time()
        self._bridge.tell_presence(self.room.receive(connection, frame, now))
        if self._has_work:
            self._wake_up()

    @property
    def is_at_rest(self) -> bool:
        return self._at_rest.is_set()

    async def settled(self) -> None:
        """Until everything accepted is stored, or was given up."""
        await self._at_rest.wait()

    # The task

    @property
    def _has_work(self) -> bool:
        return self.room.has_pending or self.room.is_broken or self._known_elsewhere > self.seq

    def _wake_up(self) -> None:
        if self.is_closed:
            return
        self._at_rest.clear()
        self._wake.set()

    async def _run(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            try:
                await self._work()
            except Exception:
                logger.exception("%s of %s is not stored", self.key.name, self.key.design_id)
                self._give_up()
                return
            self._at_rest.set()

    async def _work(self) -> None:
        while self._has_work:
            if self.room.has_pending:
                await self._store(self.room.take_pending())
            elif self.room.is_broken:
                await self._reload()
            else:
                await self._catch_up()

    async def _store(self, batch: list[Pending]) -> None:
        entries = [Entry(one.update, one.connection.person.participant) for one in batch]
        while not await self._append(entries):
            await self._catch_up()
        self.seq += len(batch)
        self.room.stored(batch)
        self._bridge.tell_seq(self.seq)
        self._sum_up(len(batch))
        self._changed()

    async def _append(self, entries: list[Entry]) -> bool:
        """False if another process was faster."""
        batch = Batch(self.log_id, self.seq + 1, entries)
        return await self._retrying(lambda: self._writer.append(batch))

    async def _catch_up(self) -> None:
        """Reads the rows that other processes have appended."""
        rows = await self._retrying(lambda: reading.run(log.read_after, self.log_id, self.seq))
        self.room.add_stored([row.payload for row in rows])
        self.seq = rows[-1].seq if rows else self.seq
        self._known_elsewhere = min(self._known_elsewhere, self.seq)

    async def _reload(self) -> None:
        opened = await self._retrying(lambda: reading.run(log.open_log, self.key))
        self.room.restore(LiveDocument(ROOTS[self.key.name], opened.payloads))
        # The rows beyond self.seq are in the document now, but the sockets have yet to see them.
        self._known_elsewhere = opened.seq

    async def _retrying(self, attempt: Callable[[], Awaitable[Result]]) -> Result:
        for delay_s in self._timing.retry_after_s:
            try:
                return await attempt()
            except Exception as error:
                logger.warning("%s of %s: %s", self.key.name, self.key.design_id, error)
                await asyncio.sleep(delay_s)
        return await attempt()

    def _give_up(self) -> None:
        """The edits stay in the browsers; they come back with them."""
        self.is_closed = True
        self.room.close_all(CloseCode.NOT_STORED, "the store does not answer")
        self._at_rest.set()
        self._stop_listening()

    # Other processes

    def _hear(self, message: Message) -> None:
        match message["kind"]:
            case "seq":
                self._hear_of(message["seq"])
            case "presence":
                now = asyncio.get_running_loop().time()
                self.room.hear(message["from"], read_presence(message["body"]), now)
            case "who":
                self._bridge.tell_presence(self.room.presence.here())

    def _hear_of(self, seq: int) -> None:
        if seq > self.seq:
            self._known_elsewhere = max(self._known_elsewhere, seq)
            self._wake_up()

    def _tick(self) -> None:
        """Now and then the log itself is asked: a hint may have got lost."""
        if not self._bridge.is_shared:
            return
        loop = asyncio.get_running_loop()
        self.room.prune(loop.time())
        self._begin(self._ask_log())
        self._ticker = loop.call_later(self._timing.catch_up_every_s, self._tick)

    async def _ask_log(self) -> None:
        self._hear_of(await reading.run(log.last_seq, self.log_id))

    # What is made from the document

    def _sum_up(self, new_rows: int) -> None:
        """A snapshot now and then, at a moment when the document is just what the log says."""
        self._rows_to_replay += new_rows
        if self._rows_to_replay > self._timing.snapshot_rows and not self.room.has_pending:
            self._rows_to_replay = 0
            state = self.room.live.whole()
            self._begin(writing.run(log.save_snapshot, self.log_id, self.seq, state))

    def _changed(self) -> None:
        if self.key.name == DocumentName.BOARD:
            self._projection.touch()

    def _project(self) -> None:
        self._begin(writing.run(request_projection, self.key.design_id))

    async def _catch_up_rows(self) -> None:
        """The process before us may have died between an edit and its projection."""
        if await reading.run(is_behind, self.key.design_id):
            self._projection.touch()

    # The end

    async def close(self) -> None:
        """Ends the tasks, once everything is stored."""
        self.is_closed = True
        await self.settled()
        self._projection.flush()
        self._stop_listening()
        await asyncio.gather(*self._errands, return_exceptions=True)
        if self._loop:
            self._loop.cancel()

    def _stop_listening(self) -> None:
        if self._ticker:
            self._ticker.cancel()
        self._begin(self._bridge.close())

    def _begin(self, errand: Coroutine[Any, Any, None]) -> None:
        """Something on the side; if it fails, it is tried again another time."""
        task = asyncio.create_task(errand)
        self._errands.add(task)
        task.add_done_callback(self._finish)

    def _finish(self, task: asyncio.Task[None]) -> None:
        self._errands.discard(task)
        if not task.cancelled() and (error := task.exception()):
            logger.warning("%s of %s: %s", self.key.name, self.key.design_id, error)
