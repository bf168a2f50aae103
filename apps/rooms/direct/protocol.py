"""uvicorn's websocket protocol, with an offer in the scope: the application may take the socket
over before it accepts it.

The handshake stays uvicorn's, and so does every socket that is not taken over. Internals that this
relies on are listed in tests/rooms/direct/test_protocol.py; uvicorn is pinned for them.
"""

from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request

from apps.rooms.direct import EXTENSION
from apps.rooms.direct.keepalive import keepalive_of
from apps.rooms.direct.socket import DirectSocket
from apps.rooms.room.burst import Burst


class DirectProtocol(WebSocketsSansIOProtocol):
    """direct: the socket that was taken over. is_direct: the handshake is done, it has begun."""

    direct: DirectSocket | None = None
    is_direct = False

    # Before the handshake is answered

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if self.handshake_complete:
            return  # refused: not a proper handshake
        if not self.conn.extensions:  # frames would be compressed, which we do not read
            extensions: dict[str, Any] = self.scope["extensions"]
            extensions[EXTENSION] = self.take_over
        # A client that speaks before the answer is not read yet: nothing gets stuck in the
        # library's parser, out of the reach of whoever takes over.
        self.transport.pause_reading()

    def take_over(self) -> DirectSocket:
        """The socket, which begins when the application accepts it."""
        self.direct = DirectSocket(self.transport, self, self.config.ws_max_size)
        return self.direct

    async def send(self, message: Any) -> None:
        if self.is_direct:
            self._send_direct(message)
            return
        await super().send(message)
        if message["type"] == "websocket.accept" and not self.transport.is_closing():
            self._begin()
        elif message["type"] == "websocket.http.response.body":
            # The base class forgets that this answers the handshake, and would log an error.
            self.handshake_complete = True

    def _begin(self) -> None:
        if self.direct is None:
            self.transport.resume_reading()
            return
        self.is_direct = True
        self.stop_keepalive()
        self.transport.set_protocol(self.direct)
        if self.ping_interval:
            keepalive_of(self.loop).add(self.direct, self.ping_interval)

    def _send_direct(self, message: Any) -> None:
        """For code that knows the ASGI way only."""
        assert self.direct is not None
        match message:
            case {"type": "websocket.send", "bytes": bytes(frame)}:
                self.direct.send(Burst((frame,)))
            case {"type": "websocket.close"}:
                self.direct.close(message.get("code", 1000), message.get("reason") or "")
            case _:
                raise RuntimeError(f"Not on a socket that was taken over: {message['type']!r}.")

    # What the socket tells

    def over(self, code: int, reason: str) -> None:
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": reason})

    def abort_after(self, delay_s: float) -> None:
        # The base class hangs up after the application has ended, unless this timer runs.
        if self.close_timer is not None:
            self.close_timer.cancel()
        self.close_timer = self.loop.call_later(delay_s, self.transport.abort)

    def connection_lost(self, exc: Exception | None) -> None:
        if self.direct is not None:
            keepalive_of(self.loop).discard(self.direct)
            self.direct.lost()
        super().connection_lost(exc)

    # What the server tells

    def shutdown(self) -> None:
        if self.direct is not None and self.is_direct:
            self.direct.leave()
        else:
            super().shutdown()
