"""The rooms of this process: each is loaded once, kept while in use and a little longer."""

import asyncio
import ctypes
import logging
from contextlib import suppress
from functools import partial
from weakref import WeakKeyDictionary

from apps.rooms.documents import DocumentKey, DocumentName
from apps.rooms.domain import log
from apps.rooms.hosting import settings
from apps.rooms.hosting.bridge import is_shared
from apps.rooms.hosting.hosted import HostedRoom
from apps.rooms.hosting.threads import reading
from apps.rooms.hosting.writer import Writer
from apps.rooms.room.connection import Connection
from apps.rooms.room.protocol import CloseCode

logger = logging.getLogger(__name__)


class Host:
    def __init__(self) -> None:
        timing = settings.timing
        self._board_writer = Writer(timing.commit_window_s)
        # Candidates would tell from how long their own edits take that somebody writes about them:
        # notes have a writer of their own, and are not stored at the moment of writing.
        self._notes_writer = Writer(timing.commit_window_s, lag_s=timing.notes_lag_s)
        self._rooms: dict[DocumentKey, asyncio.Task[HostedRoom]] = {}
        self._closing: set[asyncio.Task[None]] = set()
        self._watch: asyncio.Task[None] | None = None

    async def join(self, key: DocumentKey, connection: Connection) -> HostedRoom:
        """Puts the connection into the room, which is loaded if need be."""
        while True:
            hosted = await asyncio.shield(self._opened(key))
            if not hosted.is_closed:
                hosted.join(connection)
                return hosted
            self._forget(key, hosted)

    async def leave(self, hosted: HostedRoom, connection: Connection) -> None:
        """Takes the connection out, and waits until what it has sent is stored."""
        hosted.leave(connection)
        await hosted.settled()
        if not hosted.room.connections:
            delay_s = settings.timing.unload_after_s
            asyncio.get_running_loop().call_later(delay_s, partial(self._unload, hosted))

    def is_hosting(self, key: DocumentKey) -> bool:
        return key in self._rooms

    async def drain(self) -> None:
        """Before a stop: stores everything, then sends every socket away with 1012."""
        opening = await asyncio.gather(*self._rooms.values(), return_exceptions=True)
        rooms = [hosted for hosted in opening if isinstance(hosted, HostedRoom)]
        await asyncio.gather(*(self._drain(hosted) for hosted in rooms), *self._closing)
        if self._watch:
            self._watch.cancel()
            self._watch = None

    async def _drain(self, hosted: HostedRoom) -> None:
        await hosted.settled()
        hosted.room.close_all(CloseCode.RESTART, "the server restarts")
        self._forget(hosted.key, hosted)
        await hosted.close()

    def _opened(self, key: DocumentKey) -> asyncio.Task[HostedRoom]:
        if self._watch is None and is_shared():
            self._watch = asyncio.create_task(self._look_around(), name="rooms watch")
        if key not in self._rooms:
            task = asyncio.create_task(self._open(key), name="room opens")
            self._rooms[key] = task
            task.add_done_callback(partial(self._forget_failed, key))
        return self._rooms[key]

    async def _open(self, key: DocumentKey) -> HostedRoom:
        is_board = key.name is DocumentName.BOARD
        writer = self._board_writer if is_board else self._notes_writer
        hosted = HostedRoom(key, writer, settings.timing)
        try:
            await hosted.open()
        except Exception:
            await hosted.close()
            raise
        return hosted

    def _forget_failed(self, key: DocumentKey, task: asyncio.Task[HostedRoom]) -> None:
        if task.cancelled() or task.exception():
            self._rooms.pop(key, None)

    async def _look_around(self) -> None:
        """The log itself is asked what other processes have done, once for all rooms."""
        while True:
            await asyncio.sleep(settings.timing.catch_up_every_s)
            try:
                await self._tell_places()
            except Exception as error:
                logger.warning("The places of the logs were not read: %s", error)

    async def _tell_places(self) -> None:
        loaded = [task.result() for task in self._rooms.values() if _is_loaded(task)]
        hosted = {room.log_id: room for room in loaded if not room.is_closed}
        for log_id, place in (await reading.run(log.places_of, list(hosted))).items():
            if not hosted[log_id].is_closed:
                hosted[log_id].look_around(*place)

    def _unload(self, hosted: HostedRoom) -> None:
        """Whoever comes from now on gets a new room, loaded from the log; this one has nothing
        left to store."""
        if hosted.is_closed or hosted.room.connections or not hosted.is_at_rest:
            return
        self._forget(hosted.key, hosted)
        hosted.is_closed = True
        task = asyncio.create_task(_close(hosted), name="room closes")
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)

    def _forget(self, key: DocumentKey, hosted: HostedRoom) -> None:
        task = self._rooms.get(key)
        if task and _is_loaded(task) and task.result() is hosted:
            del self._rooms[key]


def _is_loaded(task: asyncio.Task[HostedRoom]) -> bool:
    return task.done() and not task.cancelled() and not task.exception()


async def _close(hosted: HostedRoom) -> None:
    hosted.sum_up()
    await hosted.close()
    _give_memory_back()


def _give_memory_back() -> None:
    """glibc keeps what unloaded documents have freed until it is told not to."""
    with suppress(OSError, AttributeError):  # another C library has no such call
        ctypes.CDLL(None).malloc_trim(0)


_hosts: WeakKeyDictionary[asyncio.AbstractEventLoop, Host] = WeakKeyDictionary()


def current_host() -> Host:
    """The host of the running loop; a process that serves has one loop."""
    loop = asyncio.get_running_loop()
    if loop not in _hosts:
        _hosts[loop] = Host()
    return _hosts[loop]
