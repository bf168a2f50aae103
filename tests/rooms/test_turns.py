"""The ends of turns, with a rest that only notes how long it would have been."""

import asyncio
import time
from typing import NoReturn

import pytest

from apps.rooms.hosting.turns import Turns

APART_S = 0.5


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The clock: its only element."""
    clock = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    return clock


@pytest.fixture
def rests() -> list[float]:
    return []


@pytest.fixture
async def turns(rests: list[float]) -> Turns:
    return Turns(asyncio.get_running_loop(), APART_S, rests.append)


async def test_what_is_said_in_a_turn_is_said_at_its_end_in_order(turns: Turns) -> None:
    said: list[str] = []

    turns.at_end(lambda: said.append("first"))
    turns.at_end(lambda: said.append("second"))
    assert said == []
    await asyncio.sleep(0)

    assert said == ["first", "second"]


async def test_a_lone_turn_is_followed_by_no_rest(
    turns: Turns, rests: list[float], now: list[float]
) -> None:
    for _ in range(3):
        turns.at_end(lambda: None)
        await asyncio.sleep(0)
        now[0] += APART_S

    assert rests == []


async def test_a_turn_that_follows_too_soon_rests_for_what_is_left(
    turns: Turns, rests: list[float], now: list[float]
) -> None:
    turns.at_end(lambda: None)
    await asyncio.sleep(0)
    now[0] += 0.125
    turns.at_end(lambda: None)
    await asyncio.sleep(0)

    assert rests == [0.375]


async def test_a_room_that_fails_does_not_silence_the_others(
    turns: Turns, caplog: pytest.LogCaptureFixture
) -> None:
    said: list[str] = []

    turns.at_end(fail)
    turns.at_end(lambda: said.append("second"))
    await asyncio.sleep(0)

    assert said == ["second"]
    assert "A room cannot say what is new" in caplog.text


def fail() -> NoReturn:
    raise ValueError("no")
