"""A peer on a real socket, over a real network."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from types import TracebackType

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.rooms.peer import Change, Peer
from tests.rooms.product import Browser

TIMEOUT_S = 20


class Remote:
    """Reads in the background. `until` waits for a condition, never for a time.

    heard: every frame since it joined.
    """

    def __init__(self, socket: ClientConnection, peer: Peer) -> None:
        self.peer = peer
        self.close_code: int | None = None
        self.heard: list[bytes] = []
        self._socket = socket
        self._changed = asyncio.Condition()
        self._reader = asyncio.create_task(self._read())

    async def __aenter__(self) -> "Remote":
        for frame in self.peer.greet():
            await self.say(frame)
        await self.until(lambda: self.peer.is_saved)
        self.heard.clear()
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None
    ) -> None:
        await self._socket.close()
        await self._reader

    async def say(self, frame: bytes) -> None:
        await self._socket.send(frame)

    async def edit(self, change: Change) -> None:
        for frame in self.peer.edit(change):
            await self.say(frame)

    async def until(self, is_so: Callable[[], bool]) -> None:
        async with asyncio.timeout(TIMEOUT_S), self._changed:
            await self._changed.wait_for(is_so)

    async def saved(self) -> None:
        await self.until(lambda: self.peer.is_saved)

    async def closed(self) -> int:
        await self.until(lambda: self.close_code is not None)
        return self.close_code or 0

    async def _read(self) -> None:
        try:
            async for frame in self._socket:
                assert isinstance(frame, bytes)
                self.heard.append(frame)
                for answer in self.peer.hear(frame):
                    await self._socket.send(answer)
                await self._tell()
        except ConnectionClosed:
            pass
        self.close_code = self._socket.close_code or 1006
        await self._tell()

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()


@asynccontextmanager
async def joined(
    browser: Browser, design_id: str, peer: Peer | None = None, document: str = "board"
) -> AsyncIterator[Remote]:
    socket = await socket_of(browser, design_id, document)
    async with Remote(socket, peer or Peer()) as remote:
        yield remote


def socket_of(browser: Browser, design_id: str, document: str, origin: str = "") -> connect:
    address = browser.url.replace("http", "ws", 1)
    return connect(
        f"{address}/ws/designs/{design_id}/{document}",
        additional_headers={"Cookie": browser.headers["Cookie"]},
        origin=origin or browser.headers["Origin"],  # type: ignore[arg-type] # a NewType of str
        max_size=None,
        compression=None,
    )
