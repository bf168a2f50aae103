"""uvicorn in the main thread, with the background threads started and stopped around it."""

import asyncio
import signal
import socket
from collections.abc import Callable
from types import FrameType
from typing import Protocol

import uvicorn
from django.conf import settings
from django.utils.module_loading import import_string

from apps.core.events import set_server_loop
from apps.rooms.direct.protocol import DirectProtocol
from apps.rooms.hosting.host import current_host
from apps.web.serving.garbage import collect_seldom

GRACE_S = 3


class Background(Protocol):
    def start(self) -> None: ...
    def stop(self) -> None: ...


class Server(uvicorn.Server):
    def __init__(
        self, config: uvicorn.Config, background: list[Background], ready: Callable[[], None]
    ) -> None:
        super().__init__(config)
        self._background = background
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        # Threads of this process hand their events to this loop.
        set_server_loop(asyncio.get_running_loop())
        for thread in self._background:
            thread.start()
        collect_seldom()
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """No new connections, then no running jobs, then no unsaved edits, then no connections.

        The jobs come before the connections: their last events still reach the browsers.
        """
        for listener in self.servers:
            listener.close()
        for thread in reversed(self._background):
            await asyncio.to_thread(thread.stop)
        await current_host().drain()
        await super().shutdown(sockets)


def run(listener: socket.socket, background: list[Background], ready: Callable[[], None]) -> None:
    """Serves until SIGTERM or SIGINT, then returns."""
    # uvicorn raises the signal again when it is done; without a handler the process would die of
    # it, and what follows would not run.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _ignore)
    Server(_config(), background, ready).run(sockets=[listener])


def _config() -> uvicorn.Config:
    return uvicorn.Config(
        import_string(settings.ASGI_APPLICATION),
        ws=DirectProtocol if settings.DIRECT_SOCKETS else "websockets-sansio",
        ws_max_size=settings.SOCKET_FRAME_MAX_BYTES,
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=GRACE_S,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
    )


def _ignore(_number: int, _frame: FrameType | None) -> None:
    return None
