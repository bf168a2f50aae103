"""Real worker processes on PostgreSQL and Valkey: killed, flooded, and handed poison."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from django.conf import settings
from django.db import connection
from django.db.models import Sum
from django.utils import timezone

from apps.core.jobs import queue, worker
from apps.core.models import Job
from apps.designs.models import DesignSession
from apps.scoring.domain.engines import engine, given_for
from apps.scoring.models import ScoreRun, StepScore
from tests.scoring.documents import make_document
from tests.scoring.working import ask_for_score

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]

ROOT = Path(__file__).parents[2]
WITHIN_S = 120.0


class Worker:
    """As docker/compose.yaml starts it, on the database of this test."""

    def __init__(self, folder: Path) -> None:
        self.log = folder / "worker.log"
        self._environment = {
            **os.environ,
            "DATABASE_URL": os.environ["DATABASE_URL"].replace(
                "/postgres?", f"/{connection.settings_dict['NAME']}?"
            ),
            "REDIS_URL": settings.REDIS_URL,
            "NINESTEP_DATA_DIR": str(folder),
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "celery", "-A", "apps.config", "worker"]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*command, "--pool=threads", "--concurrency=2", "--without-mingle"],
                cwd=ROOT,
                env=self._environment,
                stdout=log,
                stderr=log,
            )

    def end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(30)


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[list[Worker]]:
    """Two, which are not started."""
    folders = [tmp_path / name for name in ("a", "b")]
    for folder in folders:
        folder.mkdir()
    two = [Worker(folder) for folder in folders]
    yield two
    for one in two:
        one.end(signal.SIGKILL)
    current_app.control.purge()


def wait_until(is_so: Callable[[], bool]) -> None:
    """The sweeper of the web process goes its rounds meanwhile."""
    deadline = time.monotonic() + WITHIN_S
    while not is_so():
        assert time.monotonic() < deadline, [*Job.objects.values_list("kind", "status", "attempts")]
        worker.sweep()
        time.sleep(0.02)


def ask_for_scores(number: int) -> list[ScoreRun]:
    """Of designs of their own, each with words of its own."""
    return [
        ask_for_score(
            DesignSession.objects.create(
                kind="practice", title="A", flow_id="ml-9-step", updated_at=timezone.now()
            ),
            document=make_document({"metrics": f"ROC AUC above 0.{index}, since it is balanced."}),
        )
        for index in range(number)
    ]


def let_leases_run_out() -> None:
    """As they do twenty seconds after the death of who held them."""
    Job.objects.filter(status="leased").update(lease_until=timezone.now())


def are_over(runs: list[ScoreRun]) -> bool:
    under_way = ScoreRun.objects.filter(status__in=["queued", "running"])
    return not under_way.filter(id__in=[run.id for run in runs]).exists()


def steps_done() -> int:
    total: int = ScoreRun.objects.aggregate(total=Sum("done_steps"))["total"]
    return total


def assert_each_is_right(runs: list[ScoreRun]) -> None:
    for run in runs:
        run.refresh_from_db()
        assert (run.status, run.reason, run.done_steps) == ("done", "", 9)
        assert run.result == engine().start(run.document, *given_for(run.document)).reply()
    assert ScoreRun.objects.count() == len(runs)
    assert StepScore.objects.count() == 9 * len(runs)


def test_a_worker_killed_in_the_middle_leaves_one_result_a_run(workers: list[Worker]) -> None:
    runs, [one, _] = ask_for_scores(10), workers

    for done in (15, 50):
        one.start()
        wait_until(lambda least=done: steps_done() >= least)  # type: ignore[misc]
        one.end(signal.SIGKILL)
        let_leases_run_out()
    assert not are_over(runs)
    one.start()
    wait_until(lambda: not Job.objects.exclude(status="done").exists())

    assert_each_is_right(runs)


def test_a_thousand_deliveries_to_two_workers_give_one_result(workers: list[Worker]) -> None:
    runs = ask_for_scores(1)
    for job_id in Job.objects.values_list("id", flat=True):
        for _ in range(1_000):
            queue.send(job_id)

    for one in workers:
        one.start()
    wait_until(lambda: are_over(runs))
    wait_until(lambda: not Job.objects.exclude(status="done").exists())

    assert_each_is_right(runs)
    assert set(Job.objects.values_list("claims", flat=True)) == {1}


class Poison:
    """Unpickled, it makes a file."""

    def __init__(self, mark: Path) -> None:
        self._mark = mark

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self._mark),)


def test_a_message_that_is_not_json_is_refused_and_logged(
    workers: list[Worker], tmp_path: Path
) -> None:
    mark = tmp_path / "harmed"
    current_app.send_task(queue.TASK, args=[Poison(mark)], serializer="pickle")
    current_app.send_task(queue.TASK, args=["no job at all"])
    runs = ask_for_scores(1)

    workers[0].start()
    wait_until(lambda: are_over(runs))

    assert_each_is_right(runs)
    assert not mark.exists()
    assert "pickle" in workers[0].log.read_text()
