"""Acting after a quiet moment, on a clock of the test's own."""

import asyncio
from collections.abc import Callable, Iterator

import pytest

from apps.rooms.hosting.debounce import Debounce


class Clock:
    """As much of an event loop as a debounce needs."""

    def __init__(self) -> None:
        self.now = 0.0
        self._timers: list[Timer] = []

    def time(self) -> float:
        return self.now

    def call_at(self, when: float, act: Callable[[], None]) -> "Timer":
        self._timers.append(Timer(when, act))
        return self._timers[-1]

    def advance(self, seconds: float) -> None:
        self.now += seconds
        due = [timer for timer in self._timers if timer.when <= self.now]
        self._timers = [timer for timer in self._timers if timer not in due]
        for timer in due:
            if not timer.is_cancelled:
                timer.act()


class Timer:
    def __init__(self, when: float, act: Callable[[], None]) -> None:
        self.when = when
        self.act = act
        self.is_cancelled = False

    def cancel(self) -> None:
        self.is_cancelled = True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    clock = Clock()
    with monkeypatch.context() as patched:
        patched.setattr(asyncio, "get_running_loop", lambda: clock)
        yield clock


def test_it_acts_once_after_the_last_change(clock: Clock) -> None:
    acts: list[float] = []
    debounce = Debounce(1.0, 5.0, lambda: acts.append(clock.now))

    for _ in range(3):
        debounce.touch()
        clock.advance(0.5)
    clock.advance(0.5)
    clock.advance(10)

    assert acts == [2.0]


def test_it_acts_in_the_middle_of_a_long_busy_stretch(clock: Clock) -> None:
    acts: list[float] = []
    debounce = Debounce(1.0, 5.0, lambda: acts.append(clock.now))

    for _ in range(24):
        debounce.touch()
        clock.advance(0.5)

    assert acts == [5.0, 10.0]


def test_a_flush_acts_now_or_not_at_all(clock: Clock) -> None:
    acts: list[float] = []
    debounce = Debounce(1.0, 5.0, lambda: acts.append(clock.now))

    debounce.flush()
    debounce.touch()
    debounce.flush()
    clock.advance(10)

    assert acts == [0.0]
