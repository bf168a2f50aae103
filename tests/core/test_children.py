"""Children: talked with by a deadline, looked after meanwhile, kept for the next question.

What a child that hangs, crashes or is killed means is up to those who use one: see
tests/rooms/reader and tests/scoring/child.
"""

import threading
from collections.abc import Iterator

import pytest

from apps.core.children import Child, NotStarted, OutOfTime, Pool, WhileWaiting, child

CHATTY = "tests.core.chatty"


class Enough(Exception):
    """Whoever asked wants no answer any more."""


@pytest.fixture
def chatty() -> Iterator[Child]:
    started = Child(CHATTY, ())
    yield started
    started.stop()


def test_an_answer_in_many_parts_is_put_together(chatty: Child) -> None:
    chatty.within(20)
    chatty.send(bytes([20]))

    assert chatty.read(20) == b"." * 20


def test_who_waits_looks_up_also_while_the_child_says_something_all_the_time(
    chatty: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[int] = []
    monkeypatch.setattr(child, "TICK_S", 0.1)
    chatty.within(60, lambda: looks.append(1))
    chatty.send(bytes([100]))

    for _ in range(100):
        chatty.read(1)

    assert len(looks) >= 3


def test_who_waits_may_stop_waiting(chatty: Child, monkeypatch: pytest.MonkeyPatch) -> None:
    def enough() -> None:
        raise Enough

    monkeypatch.setattr(child, "TICK_S", 0.01)
    chatty.within(60, enough)

    with pytest.raises(Enough):
        chatty.read(1)


def test_the_deadline_is_for_the_whole_answer(chatty: Child) -> None:
    chatty.within(0.2)
    chatty.send(bytes([255]))

    with pytest.raises(OutOfTime):
        chatty.read(255)


def test_a_program_that_is_not_there_is_not_started() -> None:
    with pytest.raises(NotStarted):
        Child("tests.core.nowhere", ())


def start(while_waiting: WhileWaiting) -> Child:
    return Child(CHATTY, (), while_waiting=while_waiting)


def process_id(child: Child) -> int:
    return child.process_id


def test_a_pool_keeps_a_child_for_the_next_question() -> None:
    pool = Pool(start, size=1, kept=1)

    assert pool.ask(process_id) == pool.ask(process_id)
    pool.stop()


def test_a_child_that_was_asked_in_vain_is_not_kept() -> None:
    pool = Pool(start, size=1, kept=1)

    def fail(_child: Child) -> None:
        raise Enough

    with pytest.raises(Enough):
        pool.ask(fail)
    assert pool.idle == []


def test_who_waits_for_a_free_child_may_stop_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.core.children.pool.TICK_S", 0.01)
    pool = Pool(start, size=1, kept=1)
    is_asked, is_over = threading.Event(), threading.Event()

    def hold(_child: Child) -> None:
        is_asked.set()
        is_over.wait(20)

    def enough() -> None:
        raise Enough

    holder = threading.Thread(target=pool.ask, args=(hold,))
    holder.start()
    is_asked.wait(20)
    with pytest.raises(Enough):
        pool.ask(process_id, enough)
    is_over.set()
    holder.join()

    assert pool.ask(process_id, enough)
    pool.close()
