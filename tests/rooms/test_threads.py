"""Work on a thread of its own: in order, with its faults, and never waited for in vain."""

import asyncio
import threading
from collections.abc import Iterator

import pytest
from django.db.utils import OperationalError

from apps.rooms.hosting import threads
from apps.rooms.hosting.threads import DatabaseThread


@pytest.fixture
def thread() -> Iterator[DatabaseThread]:
    thread = DatabaseThread("test")
    yield thread
    thread.stop()


@pytest.fixture(autouse=True)
def closings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the threads that have closed their connection. There is no database here."""
    closings: list[str] = []
    note = lambda: closings.append(threading.current_thread().name)  # noqa: E731
    monkeypatch.setattr(threads, "_close", note)
    return closings


async def test_calls_run_on_one_thread_in_order(thread: DatabaseThread) -> None:
    def work(number: int) -> tuple[int, str]:
        return number, threading.current_thread().name

    answers = await asyncio.gather(*(thread.run(work, number) for number in range(50)))

    assert answers == [(number, "test") for number in range(50)]


@pytest.mark.parametrize("fault", [ValueError("odd"), KeyboardInterrupt()], ids=repr)
async def test_a_fault_reaches_its_caller_alone(
    thread: DatabaseThread, fault: BaseException
) -> None:
    def work(is_odd: bool) -> str:
        if is_odd:
            raise fault
        return "fine"

    outcomes = [thread.run(work, is_odd) for is_odd in (False, True, False)]

    assert await outcomes[0] == "fine"
    with pytest.raises(type(fault)):
        await outcomes[1]
    assert await outcomes[2] == "fine"


async def test_a_fault_of_the_database_closes_the_connection(
    thread: DatabaseThread, closings: list[str]
) -> None:
    def work(fault: Exception) -> None:
        raise fault

    with pytest.raises(ValueError):
        await thread.run(work, ValueError())
    assert closings == []

    with pytest.raises(OperationalError):
        await thread.run(work, OperationalError())
    assert closings == ["test"]


async def test_work_that_nobody_waits_for_any_more_is_not_begun(thread: DatabaseThread) -> None:
    may_go_on, done = threading.Event(), list[str]()
    holding_up = asyncio.create_task(thread.run(may_go_on.wait))
    leaving = asyncio.create_task(thread.run(done.append, "left"))
    await asyncio.sleep(0)
    leaving.cancel()
    await asyncio.sleep(0)

    may_go_on.set()
    await holding_up
    await thread.run(done.append, "stayed")

    assert done == ["stayed"]


async def test_stopping_finishes_what_is_under_way_and_closes(
    thread: DatabaseThread, closings: list[str]
) -> None:
    done: list[int] = []
    calls = [asyncio.create_task(thread.run(done.append, number)) for number in range(10)]
    await asyncio.sleep(0)

    thread.stop()

    assert done == list(range(10))
    assert closings == ["test"]
    await asyncio.gather(*calls)


async def test_a_stopped_thread_starts_again(thread: DatabaseThread) -> None:
    await thread.run(int)
    thread.stop()

    assert await thread.run(int) == 0


def test_a_thread_outlives_a_loop_that_was_closed_too_early(thread: DatabaseThread) -> None:
    begun, may_go_on = threading.Event(), threading.Event()

    def hold_up() -> None:
        begun.set()
        may_go_on.wait()

    async def leave() -> None:
        asyncio.create_task(thread.run(hold_up))  # noqa: RUF006 - it is left on purpose
        await asyncio.sleep(0)
        begun.wait()

    asyncio.run(leave())
    may_go_on.set()

    assert asyncio.run(_ask(thread)) == 0


async def _ask(thread: DatabaseThread) -> int:
    return await thread.run(int)
