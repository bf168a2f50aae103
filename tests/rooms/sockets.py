"""A socket on the ASGI application as a browser would open it: without a network, or with one."""

import asyncio
import json
import struct
from contextlib import suppress
from socket import SO_LINGER, SOL_SOCKET
from typing import Any, Protocol
from uuid import UUID

from asgiref.testing import ApplicationCommunicator
from django.core import signing
from django.db import DatabaseError
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Origin

from apps.accounts.cookies import GUEST_COOKIE, GUEST_SALT
from apps.config.asgi import application

ORIGIN = b"http://localhost"
TIMEOUT_S = 10
QUIET_S = 0.1


def guest_cookie(guest_id: UUID) -> str:
    return f"{GUEST_COOKIE}={signing.dumps(str(guest_id), salt=GUEST_SALT)}"


class Closed(Exception):
    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class BrowserSocket(Protocol):
    async def open(self) -> bool:
        """Whether the server accepts."""

    async def send(self, frame: bytes | str) -> None: ...

    async def receive(self) -> bytes:
        """The next frame. Raises Closed."""

    async def receive_event(self) -> dict[str, Any]: ...

    async def close_code(self) -> int:
        """Reads on until the server closes."""

    async def close(self) -> None: ...

    async def vanish(self) -> None:
        """Without a closing handshake."""

    async def is_silent(self) -> bool: ...


class AsgiSocket:
    def __init__(self, path: str, cookie: str = "", origin: bytes = ORIGIN) -> None:
        headers = [(b"host", b"localhost"), (b"origin", origin), (b"cookie", cookie.encode())]
        scope = {"type": "websocket", "path": path, "headers": headers, "query_string": b""}
        communicator: Any = ApplicationCommunicator  # it has no types
        self._app = communicator(application, scope)

    async def open(self) -> bool:
        await self._app.send_input({"type": "websocket.connect"})
        answer = await self._app.receive_output(TIMEOUT_S)
        return bool(answer["type"] == "websocket.accept")

    async def send(self, frame: bytes | str) -> None:
        key = "bytes" if isinstance(frame, bytes) else "text"
        await self._app.send_input({"type": "websocket.receive", key: frame})

    async def receive(self) -> bytes:
        message = await self._receive()
        return bytes(message["bytes"])

    async def receive_event(self) -> dict[str, Any]:
        event: dict[str, Any] = json.loads((await self._receive())["text"])
        return event

    async def close_code(self) -> int:
        while True:
            try:
                await self._receive()
            except Closed as closed:
                return closed.code

    async def close(self) -> None:
        await self._app.send_input({"type": "websocket.disconnect", "code": 1001})
        await self._app.wait(TIMEOUT_S)

    async def vanish(self) -> None:
        with suppress(DatabaseError):  # a fault that the test made
            await self._app.send_input({"type": "websocket.disconnect", "code": 1006})
            await self._app.wait(TIMEOUT_S)

    async def is_silent(self) -> bool:
        return bool(await self._app.receive_nothing())

    async def _receive(self) -> dict[str, Any]:
        message: dict[str, Any] = await self._app.receive_output(TIMEOUT_S)
        if message["type"] == "websocket.close":
            raise Closed(message.get("code", 1000))
        return message


class NetworkSocket:
    """On a uvicorn that listens on `port`."""

    def __init__(self, port: int, path: str, cookie: str = "") -> None:
        self._address = f"ws://localhost:{port}{path}"
        self._origin = Origin(f"http://localhost:{port}")
        self._cookie = cookie
        self._connection: ClientConnection | None = None

    async def open(self) -> bool:
        try:
            self._connection = await connect(
                self._address,
                origin=self._origin,
                additional_headers={"Cookie": self._cookie},
                compression=None,
                max_size=None,
                proxy=None,
                open_timeout=TIMEOUT_S,
            )
        except InvalidStatus:
            return False
        return True

    @property
    def connection(self) -> ClientConnection:
        assert self._connection is not None
        return self._connection

    async def send(self, frame: bytes | str) -> None:
        """What is sent after the server has closed is lost, as in a browser."""
        try:
            await self.connection.send(frame)
        except ConnectionClosed:
            return

    async def receive(self) -> bytes:
        return bytes(await self._receive())  # type: ignore[arg-type] # these sockets speak binary

    async def receive_event(self) -> dict[str, Any]:
        event: dict[str, Any] = json.loads(await self._receive())
        return event

    async def close_code(self) -> int:
        while True:
            try:
                await self._receive()
            except Closed as closed:
                return closed.code

    async def close(self) -> None:
        if self._connection is not None:
            await self._connection.close(1001)

    async def vanish(self) -> None:
        if not self.connection.transport.is_closing():
            linger = struct.pack("ii", 1, 0)  # ends with a RST
            network = self.connection.transport.get_extra_info("socket")
            network.setsockopt(SOL_SOCKET, SO_LINGER, linger)
            self.connection.transport.abort()
        await self.connection.wait_closed()

    async def is_silent(self) -> bool:
        try:
            async with asyncio.timeout(QUIET_S):
                await self.connection.recv()
        except (TimeoutError, ConnectionClosed):
            return True
        return False

    async def _receive(self) -> bytes | str:
        async with asyncio.timeout(TIMEOUT_S):
            try:
                return await self.connection.recv()
            except ConnectionClosed as closed:
                raise Closed(closed.rcvd.code if closed.rcvd else 1006) from closed
