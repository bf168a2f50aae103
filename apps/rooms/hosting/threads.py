"""Database work of the rooms, off the event loop.

Two threads of our own rather than the one that Channels shares with every consumer: a slow page or
handshake must not hold up what people type. One writes the log, so that SQLite sees one writer and
PostgreSQL one commit at a time a process; the other reads.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from channels.db import database_sync_to_async
from django.db import connection, reset_queries
from django.db.utils import Error

Result = TypeVar("Result")


async def run_apart(work: Callable[..., Result], *arguments: object) -> Result:
    """For what may take seconds: in a thread of its own, so that no other work waits for it."""
    result: Result = await database_sync_to_async(work, thread_sensitive=False)(*arguments)
    return result


class DatabaseThread:
    """Keeps its connection open from call to call, and drops it after a fault."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._executor: ThreadPoolExecutor | None = None

    async def run(self, work: Callable[..., Result], *arguments: object) -> Result:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._started(), _guarded, work, *arguments)

    def stop(self) -> None:
        """Waits for what is under way and closes the connection."""
        if self._executor is not None:
            self._executor.submit(_close)
            self._executor.shutdown()
            self._executor = None

    def _started(self) -> ThreadPoolExecutor:
        if self._executor is None:
            self._executor = ThreadPoolExecutor(1, thread_name_prefix=self._name)
        return self._executor


def _guarded(work: Callable[..., Result], *arguments: object) -> Result:
    try:
        return work(*arguments)
    except Error:
        _close()  # it may be dead; the next call opens another
        raise
    finally:
        reset_queries()


def _close() -> None:
    connection.close()  # each thread has a connection of its own under this name


writing = DatabaseThread("rooms-write")
reading = DatabaseThread("rooms-read")
