"""A clock that tests set, in place of the real one: the fixture `clock`."""

from datetime import UTC, datetime, timedelta

START = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


class Clock:
    """Stands still until it is told to go forward."""

    def __init__(self) -> None:
        self.now = START

    def forward(self, *, minutes: float = 0, seconds: float = 0) -> None:
        self.now += timedelta(minutes=minutes, seconds=seconds)


the_clock = Clock()


def tell() -> datetime:
    """`settings.CLOCK` of a test with the fixture."""
    return the_clock.now
