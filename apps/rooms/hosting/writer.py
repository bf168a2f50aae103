"""Group commit: one transaction in flight, everything that came meanwhile goes into the next."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from apps.rooms.domain import log
from apps.rooms.domain.log import Batch
from apps.rooms.hosting.threads import writing


@dataclass(slots=True)
class _Waiting:
    batch: Batch
    first_seq: asyncio.Future[int]


class Writer:
    """The one writer of a process. A room has at most one batch here at a time."""

    def __init__(self) -> None:
        self._queue: list[_Waiting] = []
        self._task: asyncio.Task[None] | None = None

    async def append(self, batch: Batch) -> int:
        """First sequence number of the batch, once it is committed. Raises what the store did."""
        waiting = _Waiting(batch, asyncio.get_running_loop().create_future())
        self._queue.append(waiting)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run(), name="rooms writer")
        return await waiting.first_seq

    async def _run(self) -> None:
        while self._queue:
            group, self._queue = self._queue, []
            await self._commit(group)

    async def _commit(self, group: Sequence[_Waiting]) -> None:
        try:
            first_seqs = await writing.run(log.append, [waiting.batch for waiting in group])
        except Exception as error:
            await self._commit_apart(group, error)
        else:
            for waiting, first_seq in zip(group, first_seqs, strict=True):
                _resolve(waiting, first_seq)

    async def _commit_apart(self, group: Sequence[_Waiting], error: Exception) -> None:
        """One room's fault (its design was deleted, say) must not hold up the others."""
        if len(group) == 1:
            _fail(group[0], error)
            return
        for waiting in group:
            await self._commit([waiting])


def _resolve(waiting: _Waiting, first_seq: int) -> None:
    if not waiting.first_seq.done():
        waiting.first_seq.set_result(first_seq)


def _fail(waiting: _Waiting, error: Exception) -> None:
    if not waiting.first_seq.done():
        waiting.first_seq.set_exception(error)
