"""The client's half of RFC 6455, as bytes: also what no library would send."""

import asyncio
import struct
from collections import deque
from contextlib import suppress
from socket import SO_LINGER, SOL_SOCKET

from websockets.frames import Close, Frame, Opcode
from websockets.protocol import CLIENT, Protocol, State
from websockets.speedups import apply_mask

TIMEOUT_S = 10
HANDSHAKE = (
    b"GET /?room=1 HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)


def frame(
    payload: bytes = b"",
    opcode: int = 2,
    *,
    final: bool = True,
    reserved: int = 0,
    mask: bytes | None = b"\x11\x22\x33\x44",
) -> bytes:
    """mask: None leaves the frame unmasked."""
    first = (0x80 if final else 0) | reserved << 4 | opcode
    masked = 0x80 if mask is not None else 0
    size = len(payload)
    if size < 126:
        head = bytes((first, masked | size))
    elif size < 1 << 16:
        head = bytes((first, masked | 126)) + size.to_bytes(2)
    else:
        head = bytes((first, masked | 127)) + size.to_bytes(8)
    return head + payload if mask is None else head + mask + apply_mask(payload, mask)


def fragments(*parts: bytes) -> list[bytes]:
    """A binary message in several frames."""
    last = len(parts) - 1
    return [
        frame(part, 2 if index == 0 else 0, final=index == last) for index, part in enumerate(parts)
    ]


class RawClient:
    """A client that says just what it is told to, well-behaved or not, on a real socket."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._parser = Protocol(CLIENT, state=State.OPEN, max_size=None)
        self._heard: deque[Frame] = deque()
        self._answer = ""

    @classmethod
    async def knock(cls, port: int) -> "RawClient":
        """Asks for a socket; `enter` reads the answer."""
        client = cls(*await asyncio.open_connection("127.0.0.1", port))
        client._writer.write(HANDSHAKE)
        return client

    async def enter(self) -> None:
        async with asyncio.timeout(TIMEOUT_S):
            self._answer = (await self._reader.readuntil(b"\r\n\r\n")).decode()

    @property
    def status(self) -> int:
        return int(self._answer.split()[1])

    def send(self, *frames: bytes) -> None:
        self._writer.write(b"".join(frames))

    async def hear(self) -> Frame:
        """The next frame. Raises EOFError at the end of the connection, however it came."""
        async with asyncio.timeout(TIMEOUT_S):
            while not self._heard:
                await self._read()
        return self._heard.popleft()

    async def hear_messages(self, count: int) -> list[bytes]:
        return [bytes((await self.hear()).data) for _ in range(count)]

    async def close_code(self) -> int:
        """Reads on until the server closes; 1006 if it hangs up without a word."""
        while True:
            try:
                heard = await self.hear()
            except EOFError:
                return 1006
            if heard.opcode is Opcode.CLOSE:
                return Close.parse(heard.data).code

    async def rest(self) -> int:
        """How many more bytes come until the server ends the connection."""
        size = 0
        async with asyncio.timeout(TIMEOUT_S):
            with suppress(ConnectionError):
                while data := await self._reader.read(1 << 16):
                    size += len(data)
        return size

    def reset(self) -> None:
        """Vanishes with a RST."""
        linger = struct.pack("ii", 1, 0)
        self._writer.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_LINGER, linger)
        self._writer.transport.abort()

    def hang_up(self) -> None:
        """Without a closing handshake."""
        self._writer.close()

    async def closed(self) -> None:
        self._writer.close()
        with suppress(ConnectionError):
            await self._writer.wait_closed()

    async def _read(self) -> None:
        try:
            data = await self._reader.read(1 << 16)
        except ConnectionError:
            data = b""
        if not data:
            raise EOFError
        self._parser.receive_data(data)
        assert self._parser.parser_exc is None, self._parser.parser_exc
        self._heard += (
            event for event in self._parser.events_received() if isinstance(event, Frame)
        )
