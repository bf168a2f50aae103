"""The rooms of this process: each is loaded once, kept while in use and a little longer."""

import asyncio
import ctypes
from contextlib import suppress
from functools import partial
from weakref import WeakKeyDictionary

from apps.rooms.documents import DocumentKey
from apps.rooms.hosting import settings
from apps.rooms.hosting.hosted import HostedRoom
from apps.rooms.hosting.writer import Writer
from apps.rooms.room.connection import Connection
from apps.rooms.room.protocol import CloseCode


class Host:
    def __init__(self) -> None:
        self._writer = Writer(settings.timing.commit_window_s)
        self._rooms: dict[DocumentKey, asyncio.Task[HostedRoom]] = {}
        self._closing: set[asyncio.Task[None]] = set()

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

    async def _drain(self, hosted: HostedRoom) -> None:
        await hosted.settled()
        hosted.room.close_all(CloseCode.RESTART, "the server restarts")
        self._forget(hosted.key, hosted)
        await hosted.close()

    def _opened(self, key: DocumentKey) -> asyncio.Task[HostedRoom]:
        if key not in self._rooms:
            task = asyncio.create_task(self._open(key), name="room opens")
            self._rooms[key] = task
            task.add_done_callback(partial(self._forget_failed, key))
        return self._rooms[key]

    async def _open(self, key: DocumentKey) -> HostedRoom:
        hosted = HostedRoom(key, self._writer, settings.timing)
        try:
            await hosted.open()
        except Exception:
            await hosted.close()
            raise
        return hosted

    def _forget_failed(self, key: DocumentKey, task: asyncio.Task[HostedRoom]) -> None:
        if task.cancelled() or task.exception():
            self._rooms.pop(key, None)

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
        if task and task.done() and not task.exception() and task.result() is hosted:
            del self._rooms[key]


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
