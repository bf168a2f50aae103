"""Group commit: when commits start, what goes along, and whose fault is whose."""

import asyncio
import selectors
from collections.abc import Coroutine, Sequence
from itertools import pairwise
from random import Random
from typing import Any, TypeVar

import pytest
from channels.db import database_sync_to_async
from django.db import connection
from django.db.utils import DataError, OperationalError

from apps.rooms.domain import log
from apps.rooms.domain.log import Batch, Entry, ForeignClient
from apps.rooms.hosting.threads import writing
from apps.rooms.hosting.writer import STEPS, CommitWindow, Writer
from tests.rooms.desk import new_desk

Result = TypeVar("Result")

LIMIT_S = 0.016


class JumpingClock(selectors.DefaultSelector):
    """Nobody waits: the time jumps to that of the next timer."""

    now = 0.0

    def select(self, timeout: float | None = None) -> Any:
        self.now += timeout or 0.0
        return super().select(0)


def jumping_loop() -> asyncio.AbstractEventLoop:
    clock = JumpingClock()
    loop = asyncio.SelectorEventLoop(clock)
    loop.time = lambda: clock.now  # type: ignore[method-assign]
    return loop


def run(work: Coroutine[Any, Any, Result]) -> Result:
    with asyncio.Runner(loop_factory=jumping_loop) as runner:
        return runner.run(work)


class Store:
    """Takes `commit_s` for each commit, and does what the test says."""

    def __init__(self, commit_s: float = 0.0) -> None:
        self.commit_s = commit_s
        self.commits: list[tuple[float, list[int]]] = []  # when each began, and of which logs
        self.overtaken: frozenset[int] = frozenset()
        self.faults: dict[int, Exception] = {}  # log -> what storing it raises

    async def __call__(self, batches: Sequence[Batch]) -> frozenset[int]:
        log_ids = [batch.log_id for batch in batches]
        self.commits.append((asyncio.get_running_loop().time(), log_ids))
        await asyncio.sleep(self.commit_s)
        for log_id in log_ids:
            if log_id in self.faults:
                raise self.faults[log_id]
        return self.overtaken.intersection(log_ids)

    @property
    def starts(self) -> list[float]:
        return [start for start, _ in self.commits]

    @property
    def groups(self) -> list[list[int]]:
        return [group for _, group in self.commits]


def batch(log_id: int) -> Batch:
    return Batch(log_id, 1, [Entry(b"a")])


async def append_at(writer: Writer, moments: Sequence[float]) -> None:
    """One batch at each of the moments, of a log of its own."""
    loop = asyncio.get_running_loop()
    appends = []
    for log_id, moment in enumerate(moments):
        await asyncio.sleep(moment - loop.time())
        appends.append(writer.append(batch(log_id)))
    await asyncio.gather(*appends)


async def outcomes(writer: Writer, *log_ids: int) -> list[bool | BaseException]:
    appends = (writer.append(batch(log_id)) for log_id in log_ids)
    return await asyncio.gather(*appends, return_exceptions=True)


# When


def test_a_lone_edit_is_committed_at_once() -> None:
    store = Store(commit_s=0.002)
    moments = [0.0, 0.1, 0.2, 0.3]

    run(append_at(Writer(LIMIT_S, store), moments))

    assert store.starts == pytest.approx(moments)


def test_what_may_be_late_waits_for_company() -> None:
    store = Store(commit_s=0.002)

    run(append_at(Writer(LIMIT_S, store, lag_s=0.1), [0.0, 0.05, 0.3]))

    assert store.starts == pytest.approx([0.1, 0.4])
    assert store.groups == [[0, 1], [2]]


def test_what_comes_during_a_commit_goes_along_in_the_next() -> None:
    store = Store(commit_s=0.02)

    run(append_at(Writer(LIMIT_S, store), [0.0, 0.001, 0.002, 0.019]))

    assert store.groups == [[0], [1, 2, 3]]


def test_under_load_commits_drift_apart_up_to_the_limit() -> None:
    store = Store()

    run(append_at(Writer(LIMIT_S, store), [number * 0.0001 for number in range(2000)]))

    distances = [later - earlier for earlier, later in pairwise(store.starts)]
    growing = [LIMIT_S * step / STEPS for step in range(STEPS)]
    full = [LIMIT_S] * (len(distances) - STEPS - 1)
    assert distances[:-1] == pytest.approx([*growing, *full], abs=0.00015)
    assert sum(len(group) for group in store.groups) == 2000


def test_after_a_pause_edits_are_committed_as_if_nothing_had_been() -> None:
    store = Store()
    busy = [number * 0.001 for number in range(100)]
    later = [busy[-1] + 3 * LIMIT_S + number * LIMIT_S / 4 for number in range(3)]

    run(append_at(Writer(LIMIT_S, store), [*busy, *later]))

    assert store.starts[-3:] == pytest.approx(later)


@pytest.mark.parametrize("seed", range(5))
def test_no_edit_waits_longer_than_the_window_and_a_commit(seed: int) -> None:
    random, commit_s = Random(seed), 0.003
    store = Store(commit_s)
    moments, now = list[float](), 0.0
    for _ in range(300):
        now += random.expovariate(random.choice([20, 200, 2000]))
        moments.append(now)

    run(append_at(Writer(LIMIT_S, store), moments))

    waits = [start - moments[log_id] for start, group in store.commits for log_id in group]
    assert len(waits) == 300
    assert max(waits) <= max(LIMIT_S, commit_s) + 1e-6


def test_a_window_without_width_never_holds_back() -> None:
    window = CommitWindow(0.0)

    for moment in (0.0, 0.0, 0.001):
        assert window.opens_at(moment) == moment
        window.start(moment)


# What becomes of it


def test_who_was_overtaken_is_told_and_the_others_are_stored() -> None:
    store = Store()
    store.overtaken = frozenset({2})

    assert run(outcomes(Writer(LIMIT_S, store), 1, 2, 3)) == [True, False, True]


def test_a_batch_that_fits_no_log_fails_alone() -> None:
    store = Store()
    store.faults = {2: (foreign := ForeignClient(2, 7))}

    assert run(outcomes(Writer(LIMIT_S, store), 1, 2, 3)) == [True, foreign, True]
    assert store.groups == [[1, 2, 3], [1, 3]]


def test_a_fault_that_names_nobody_is_looked_for_one_by_one() -> None:
    store = Store()
    store.faults = {2: (fault := DataError("odd"))}

    assert run(outcomes(Writer(LIMIT_S, store), 1, 2, 3)) == [True, fault, True]


def test_a_store_that_is_away_is_asked_once_for_all() -> None:
    store = Store()
    store.faults = {1: (away := OperationalError("away"))}

    assert run(outcomes(Writer(LIMIT_S, store), 1, 2, 3)) == [away, away, away]
    assert len(store.commits) == 1


def test_the_writer_goes_on_after_a_fault() -> None:
    store = Store()
    store.faults = {1: OperationalError("away")}
    writer = Writer(LIMIT_S, store)

    async def twice() -> list[bool | BaseException]:
        await outcomes(writer, 1)
        store.faults = {}
        return await outcomes(writer, 1)

    assert run(twice()) == [True]


def test_who_stops_waiting_does_not_hold_up_the_others() -> None:
    store = Store(commit_s=1.0)
    writer = Writer(LIMIT_S, store)

    async def leave() -> bool:
        leaving, staying = writer.append(batch(1)), writer.append(batch(2))
        await asyncio.sleep(0.5)
        leaving.cancel()
        return await staying

    assert run(leave())


# With a database


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
async def test_a_killed_connection_is_replaced_at_the_next_attempt() -> None:
    desk = await database_sync_to_async(new_desk)()
    log_id = await writing.run(log.find_log, desk.board)
    writer = Writer(LIMIT_S)
    try:
        assert await writer.append(Batch(log_id, 2, [Entry(b"a")]))
        await database_sync_to_async(_kill)(await writing.run(_backend))

        with pytest.raises(OperationalError):
            await writer.append(Batch(log_id, 3, [Entry(b"b")]))
        assert await writer.append(Batch(log_id, 3, [Entry(b"b")]))

        rows = await writing.run(log.read_after, log_id, 1)
        assert [row.payload for row in rows] == [b"a", b"b"]
    finally:
        writing.stop()


def _backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def _kill(backend: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])
