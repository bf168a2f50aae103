"""Group commit: one transaction in flight, and what came meanwhile goes into the next."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from django.db.utils import InterfaceError, OperationalError

from apps.rooms.domain import log
from apps.rooms.domain.batches import Batch, Unfit
from apps.rooms.hosting.threads import writing

# Takes batches of different logs; returns the logs that somebody else has gone on with.
Store: TypeAlias = Callable[[Sequence[Batch]], Awaitable[frozenset[int]]]

STEPS = 8  # in so many commits the window grows to its full width


async def store_in_log(batches: Sequence[Batch]) -> frozenset[int]:
    return await writing.run(log.append, batches)


class CommitWindow:
    """Commits start at least `width_s` apart: nothing after a pause of twice the limit, and with
    every commit that no such pause precedes an eighth of the limit more, up to the limit.

    So a lone edit is stored at once, and under load one commit carries what came in 15 ms.
    """

    def __init__(self, limit_s: float) -> None:
        self.width_s = 0.0
        self._limit_s = limit_s
        self._last_start = float("-inf")

    def opens_at(self, now: float) -> float:
        """When the next commit may start."""
        return max(now, self._last_start + self.width_s)

    def start(self, now: float) -> None:
        """A commit starts."""
        if now - self._last_start >= 2 * self._limit_s:
            self.width_s = 0.0
        else:
            self.width_s = min(self.width_s + self._limit_s / STEPS, self._limit_s)
        self._last_start = now


@dataclass(slots=True)
class _Waiting:
    batch: Batch
    is_stored: asyncio.Future[bool]


class Writer:
    """One for all rooms of a kind. A room has at most one batch here at a time."""

    def __init__(self, window_s: float, store: Store = store_in_log, *, lag_s: float = 0.0) -> None:
        """lag_s: how long the first of a group waits for others, however quiet it is."""
        self._window = CommitWindow(window_s)
        self._lag_s = lag_s
        self._store = store
        self._queue: list[_Waiting] = []
        self._task: asyncio.Task[None] | None = None

    def append(self, batch: Batch) -> asyncio.Future[bool]:
        """True once the batch is committed; False if somebody else has gone on with the log.

        Awaiting it raises Unfit, and what the store raises.
        """
        waiting = _Waiting(batch, asyncio.get_running_loop().create_future())
        self._queue.append(waiting)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run(), name="rooms writer")
        return waiting.is_stored

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        while self._queue:
            if self._lag_s:
                await asyncio.sleep(self._lag_s)
            if (wait_s := self._window.opens_at(loop.time()) - loop.time()) > 0:
                await asyncio.sleep(wait_s)
            self._window.start(loop.time())
            group, self._queue = self._queue, []
            await self._commit(group)

    async def _commit(self, group: Sequence[_Waiting]) -> None:
        try:
            overtaken = await self._store([waiting.batch for waiting in group])
        except Unfit as unfit:
            await self._commit_without(unfit, group)
        except (OperationalError, InterfaceError) as error:
            _fail(group, error)  # the store is away, for all of them
        except Exception as error:
            await self._commit_apart(group, error)
        else:
            for waiting in group:
                _resolve(waiting, waiting.batch.log_id not in overtaken)

    async def _commit_without(self, unfit: Unfit, group: Sequence[_Waiting]) -> None:
        """One room's fault must not hold up the others."""
        _fail([waiting for waiting in group if waiting.batch.log_id == unfit.log_id], unfit)
        if rest := [waiting for waiting in group if waiting.batch.log_id != unfit.log_id]:
            await self._commit(rest)

    async def _commit_apart(self, group: Sequence[_Waiting], error: Exception) -> None:
        """Whose fault it is, a commit of its own will show."""
        if len(group) == 1:
            _fail(group, error)
            return
        for waiting in group:
            await self._commit([waiting])


def _resolve(waiting: _Waiting, is_stored: bool) -> None:
    if not waiting.is_stored.done():
        waiting.is_stored.set_result(is_stored)


def _fail(group: Sequence[_Waiting], error: Exception) -> None:
    for waiting in group:
        if not waiting.is_stored.done():
            waiting.is_stored.set_exception(error)
