"""Both libraries for the tests that need them, and in the end a word on what the frames cost."""

from collections.abc import Iterator
from typing import Any

import pytest
from _pytest.terminal import TerminalReporter

from tests.hostile.rooms.intruders import SLOW_S
from tests.hostile.rooms.rounds import Libraries
from tests.rooms.room.libraries import PYCRDT, YJS, desk

OUTCOME = "outcome"
COUNTED = ("frames", "closed", "rows", "slow")


@pytest.fixture(scope="module")
def libraries() -> Iterator[Libraries]:
    with desk(YJS) as yjs, desk(PYCRDT) as pycrdt:
        yield Libraries(yjs, pycrdt)


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    outcomes: dict[str, list[Any]] = {}
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            if name == OUTCOME:
                outcomes.setdefault(report.nodeid.split("[")[0], []).append(value)
    for test, found in outcomes.items():
        sums = {name: sum(one[name] for one in found) for name in COUNTED}
        worst_ms = max(one["worst_s"] for one in found) * 1000
        terminalreporter.write_line(
            f"{test}: {sums['frames']} frames, {sums['closed']} closed their sender, "
            f"{sums['rows']} were stored, {sums['slow']} took over {SLOW_S * 1000:.0f} ms of CPU, "
            f"the worst {worst_ms:.1f} ms"
        )
