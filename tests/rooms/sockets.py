"""A socket on the ASGI application without a network, as a browser would open it."""

import json
from typing import Any
from uuid import UUID

from asgiref.testing import ApplicationCommunicator
from django.core import signing

from apps.accounts.cookies import GUEST_COOKIE, GUEST_SALT
from apps.config.asgi import application

ORIGIN = b"http://localhost"
TIMEOUT_S = 10


def guest_cookie(guest_id: UUID) -> str:
    return f"{GUEST_COOKIE}={signing.dumps(str(guest_id), salt=GUEST_SALT)}"


class AsgiSocket:
    def __init__(self, path: str, cookie: str = "", origin: bytes = ORIGIN) -> None:
        headers = [(b"host", b"localhost"), (b"origin", origin), (b"cookie", cookie.encode())]
        scope = {"type": "websocket", "path": path, "headers": headers, "query_string": b""}
        communicator: Any = ApplicationCommunicator  # it has no types
        self._app = communicator(application, scope)

    async def open(self) -> bool:
        """Whether the server accepts."""
        await self._app.send_input({"type": "websocket.connect"})
        answer = await self._app.receive_output(TIMEOUT_S)
        return bool(answer["type"] == "websocket.accept")

    async def send(self, frame: bytes | str) -> None:
        key = "bytes" if isinstance(frame, bytes) else "text"
        await self._app.send_input({"type": "websocket.receive", key: frame})

    async def receive(self) -> bytes:
        """The next frame. Raises Closed."""
        message = await self._receive()
        return bytes(message["bytes"])

    async def receive_event(self) -> dict[str, Any]:
        event: dict[str, Any] = json.loads((await self._receive())["text"])
        return event

    async def close_code(self) -> int:
        """Reads on until the server closes."""
        while True:
            try:
                await self._receive()
            except Closed as closed:
                return closed.code

    async def close(self) -> None:
        await self._app.send_input({"type": "websocket.disconnect", "code": 1001})
        await self._app.wait(TIMEOUT_S)

    async def is_silent(self) -> bool:
        return bool(await self._app.receive_nothing())

    async def _receive(self) -> dict[str, Any]:
        message: dict[str, Any] = await self._app.receive_output(TIMEOUT_S)
        if message["type"] == "websocket.close":
            raise Closed(message.get("code", 1000))
        return message


class Closed(Exception):
    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code
