"""Runs from before steps were scored apart: kept as they are, without a trace."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from apps.core.jobs import queue
from apps.core.models import Job
from apps.designs.models import DesignSession
from apps.scoring.domain.engines import engine
from apps.scoring.domain.queries.latest import run_json
from apps.scoring.models import ScoreRun
from tests.scoring.documents import make_document
from tests.scoring.working import ask_for_score, work_off

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("sent")]

BEFORE = ("scoring", "0002_evaluations")
RESULT = {"rubric": {"id": "ml-9-step", "version": "1.0.0"}, "overall": {"score": 61.5}}


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    yield
    call_command("migrate", "scoring", verbosity=0)


def migrate(target: tuple[str, str]) -> Any:
    executor = MigrationExecutor(connection)
    executor.migrate([target])
    leaves = [node for node in executor.loader.graph.leaf_nodes() if node[0] != "scoring"]
    return executor.loader.project_state([*leaves, target]).apps


def make_old_run(apps: Any, design: DesignSession, seq: int, **fields: Any) -> Any:
    values = {
        "document": make_document(),
        "rubric_id": "ml-9-step",
        "rubric_version": "1.0.0",
        "rubric_sha256": "0" * 64,
        "engine_id": "lexical",
        "engine_version": "1.0.0",
        "total_steps": 9,
        **fields,
    }
    return apps.get_model("scoring", "ScoreRun").objects.create(
        design_id=design.id, seq=seq, **values
    )


def test_a_finished_run_keeps_its_result_and_has_no_trace(design: DesignSession) -> None:
    old = make_old_run(migrate(BEFORE), design, 3, status="done", result=RESULT)

    call_command("migrate", "scoring", verbosity=0)

    run = ScoreRun.objects.get(id=old.id)
    assert (run.status, run.result, run.input_hash) == ("done", RESULT, "")
    shown: Any = run_json(run, has_trace=True)
    assert (shown["channels"], shown["model"], shown["result"]) == (["lexical"], None, RESULT)


def test_a_run_that_the_update_interrupted_says_so_and_can_be_asked_for_again(
    design: DesignSession,
) -> None:
    """Its job is still there, as the earlier program wrote it."""
    old = make_old_run(migrate(BEFORE), design, 7, status="running", done_steps=4)
    queue.enqueue("score", design.id, {"run": str(old.id)}, key=f"score:{old.id}")
    call_command("migrate", "scoring", verbosity=0)

    work_off()

    run = ScoreRun.objects.get()
    assert run.status == "failed"
    assert run.reason == "The scoring engine was updated meanwhile. Ask for the score again."
    again = ask_for_score(design, seq=7)
    work_off()
    again.refresh_from_db()
    assert (again.status, again.engine_version) == ("done", engine().version)
    assert not Job.objects.filter(status="queued").exists()


def test_old_runs_can_go_back(design: DesignSession) -> None:
    old = make_old_run(migrate(BEFORE), design, 3, status="done", result=RESULT)
    call_command("migrate", "scoring", verbosity=0)

    apps = migrate(BEFORE)

    assert apps.get_model("scoring", "ScoreRun").objects.get(id=old.id).result == RESULT
