"""uvicorn in the test's own loop, on a free port."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn

from apps.rooms.direct.protocol import DirectProtocol


@asynccontextmanager
async def serving(app: Any, **options: Any) -> AsyncIterator[uvicorn.Server]:
    """Stops as the product does: connections are closed, tasks are waited for."""
    config = uvicorn.Config(
        app,
        **{
            "ws": DirectProtocol,
            "ws_per_message_deflate": False,
            "timeout_graceful_shutdown": 3,
            "lifespan": "off",
            "log_config": None,
            **options,
        },
    )
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    listener = socket.create_server(("127.0.0.1", 0))
    await server.startup([listener])
    try:
        yield server
    finally:
        await server.shutdown([listener])


def port_of(server: uvicorn.Server) -> int:
    port: int = server.servers[0].sockets[0].getsockname()[1]
    return port
