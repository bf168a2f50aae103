"""200 seeds through the real stack: real Yjs in Node, sockets, PostgreSQL, Valkey and kill -9."""

from collections.abc import Iterator

import pytest

from tests.endurance.run import told
from tests.endurance.seeds import play
from tests.endurance.services import shared
from tests.endurance.stage import Stage

pytestmark = pytest.mark.services

SEEDS = 200
TOGETHER = 25  # boards that share a death of the server


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Stage]:
    with shared(f"endurance_{worker_id}") as services:
        stage = Stage(tmp_path_factory.mktemp("seeds"), {**services, "ENDURANCE_QUICK": "1"})
        stage.prepare()
        stage.start()
        yield stage
        assert stage.stop() == 0


@pytest.mark.parametrize("first", range(1, SEEDS + 1, TOGETHER))
def test_nothing_promised_is_lost_or_doubled(stage: Stage, first: int) -> None:
    reports = play(range(first, first + TOGETHER), stage)

    faults = [told(report) for report in reports if report.faults]
    assert not faults, "\n".join(faults)
    assert all(report.edits for report in reports)
    # On a board of stock clients the only seat that is told may have been cut off all the time.
    assert sum(report.acknowledged for report in reports) > len(reports)
