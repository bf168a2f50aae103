"""Database work of the rooms, off the event loop.

Two threads of our own rather than the one that Channels shares with every consumer: a slow page or
handshake must not hold up what people type. One writes the log, so that SQLite sees one writer and
PostgreSQL one commit at a time a process; the other reads.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from queue import SimpleQueue
from threading import Thread
from typing import Any, NamedTuple, TypeVar

from channels.db import database_sync_to_async
from django.db import connection, reset_queries
from django.db.utils import Error

Result = TypeVar("Result")


async def run_apart(work: Callable[..., Result], *arguments: object) -> Result:
    """For what may take seconds: in a thread of its own, so that no other work waits for it."""
    result: Result = await database_sync_to_async(work, thread_sensitive=False)(*arguments)
    return result


class _Call(NamedTuple):
    work: Callable[[], Any]
    outcome: "asyncio.Future[Any]"


class DatabaseThread:
    """Keeps its connection open from call to call, and drops it after a fault.

    A queue and a callback: an executor's futures cost twice as much CPU a call, which at 66 commits
    a second is as much as inserting the rows.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._calls: SimpleQueue[_Call | None] = SimpleQueue()
        self._thread: Thread | None = None

    async def run(self, work: Callable[..., Result], *arguments: object) -> Result:
        outcome: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._start()
        self._calls.put(_Call(partial(work, *arguments), outcome))
        return await outcome

    def stop(self) -> None:
        """Waits for what is under way and closes the connection."""
        if self._thread is not None:
            self._calls.put(None)
            self._thread.join()
            self._thread = None

    def _start(self) -> None:
        if self._thread is None:
            # A daemon: whoever needs what is under way stops the thread before the process ends.
            self._thread = Thread(target=self._serve, name=self._name, daemon=True)
            self._thread.start()

    def _serve(self) -> None:
        while _answer(self._calls.get()):
            pass
        _close()


def _answer(call: _Call | None) -> bool:
    """False: there will be no more calls."""
    if call is None:
        return False
    if not call.outcome.cancelled():
        tell = _attempt(call)
        with suppress(RuntimeError):  # nobody is left to tell: the loop has closed meanwhile
            call.outcome.get_loop().call_soon_threadsafe(tell)
    return True


def _attempt(call: _Call) -> Callable[[], None]:
    """Does the work, and returns what the event loop has to do about it."""
    try:
        result = _guarded(call.work)
    except BaseException as error:  # or the caller would wait for ever
        return partial(_fail, call.outcome, error)
    return partial(_resolve, call.outcome, result)


def _resolve(outcome: "asyncio.Future[Any]", result: object) -> None:
    if not outcome.done():
        outcome.set_result(result)


def _fail(outcome: "asyncio.Future[Any]", error: BaseException) -> None:
    if not outcome.done():
        outcome.set_exception(error)


def _guarded(work: Callable[[], Result]) -> Result:
    try:
        return work()
    except Error:
        _close()  # it may be dead; the next call opens another
        raise
    finally:
        reset_queries()


def _close() -> None:
    connection.close()  # each thread has a connection of its own under this name


writing = DatabaseThread("rooms-write")
reading = DatabaseThread("rooms-read")
