"""A clock that tests set, in place of the real one."""

from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import Settings

START = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


class Clock:
    """Stands still until it is told to go forward."""

    def __init__(self) -> None:
        self.now = START

    def forward(self, *, minutes: float = 0, seconds: float = 0) -> None:
        self.now += timedelta(minutes=minutes, seconds=seconds)


_clock = Clock()


def tell() -> datetime:
    return _clock.now


@pytest.fixture
def clock(settings: Settings) -> Clock:
    settings.CLOCK = f"{__name__}.tell"
    _clock.now = START
    return _clock
