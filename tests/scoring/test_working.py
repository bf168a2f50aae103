"""The worker: steps are scored once for what they depend on, whatever happens to who does it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone

from apps.content import registry
from apps.core.jobs import worker
from apps.core.jobs.worker import expire_leases
from apps.core.models import Job
from apps.designs.document.types import DesignDocument
from apps.designs.document.validation import parse
from apps.designs.models import DesignSession
from apps.scoring.child import Limits, Scorer, client
from apps.scoring.domain.engines import engine, given_for
from apps.scoring.models import ScoreRun, StepScore
from tests.scoring.conftest import Told
from tests.scoring.documents import STEPS, all_of, make_document
from tests.scoring.working import ask_for_score, scored, work_off

pytestmark = pytest.mark.usefixtures("sent")

SHORT = make_document({"metrics": "ROC AUC, because classes are balanced.", "data": "Clicks."})


def with_notes(**notes: str) -> DesignDocument:
    return make_document({**all_of("strong"), **notes})


def progress_of(told: Told, run: ScoreRun) -> dict[str, bool]:
    """By step, whether it was reused."""
    bodies: list[Any] = [body for _, _, event, body in told if event == "score.progress"]
    return {body["step"]: body["reused"] for body in bodies if body["run"] == str(run.id)}


# Reuse -------------------------------------------------------------------------------------------


def test_a_score_after_a_change_computes_only_what_changed(
    design: DesignSession, told: Told
) -> None:
    scored(design, 7, with_notes())
    changed = with_notes(**{"scaling-monitoring": "We watch drift, since the catalogue changes."})

    run = scored(design, 8, changed)

    reused = progress_of(told, run)
    hashes = {step.step: step.input_hash for step in run.steps.all()}
    before = dict(StepScore.objects.order_by("-id").values_list("step", "input_hash"))
    assert reused["scaling-monitoring"] is False
    assert {step for step, is_reused in reused.items() if is_reused} == {
        step for step in STEPS if hashes[step] == before[step]
    }
    assert sum(reused.values()) >= 7
    assert run.result == engine().start(changed, *given_for(changed)).reply()


def test_a_score_without_a_change_of_words_computes_nothing(
    design: DesignSession, told: Told
) -> None:
    """The board was moved about: another state, the same steps."""
    first, second = scored(design, 7), scored(design, 8)

    assert progress_of(told, second) == dict.fromkeys(STEPS, True)
    assert (first.result, first.input_hash) == (second.result, second.input_hash)
    assert StepScore.objects.count() == len(STEPS)


def test_a_step_that_another_run_scored_meanwhile_is_taken_from_it(
    design: DesignSession, told: Told
) -> None:
    """Both were planned before either had a step."""
    runs = [ask_for_score(design, seq) for seq in (7, 8)]

    work_off()

    assert all(ScoreRun.objects.get(id=run.id).status == "done" for run in runs)
    assert progress_of(told, runs[1]) == dict.fromkeys(STEPS, True)


def test_another_design_takes_no_step_from_this_one(design: DesignSession, told: Told) -> None:
    scored(design)
    other = make_design()

    run = scored(other)

    assert not any(progress_of(told, run).values())


def make_design(flow_id: str = "ml-9-step") -> DesignSession:
    return DesignSession.objects.create(
        kind="practice", title="Another", flow_id=flow_id, updated_at=timezone.now()
    )


# Deliveries --------------------------------------------------------------------------------------


def test_a_thousand_deliveries_give_one_result(design: DesignSession, told: Told) -> None:
    run, deliveries = ask_for_score(design, document=SHORT), 0

    while waiting := Job.objects.filter(status="queued").order_by("created_at").first():
        for _ in range(100):
            worker.run(waiting.id)
            deliveries += 1

    run.refresh_from_db()
    assert (run.status, run.done_steps) == ("done", 9)
    assert (ScoreRun.objects.count(), StepScore.objects.count()) == (1, 9)
    assert deliveries > 1_000
    events = [event for _, _, event, _ in told]
    assert events == ["score.queued", *["score.progress"] * 9, "score.done"]


def test_a_job_that_is_done_twice_at_once_counts_once(design: DesignSession, told: Told) -> None:
    """The first worker was suspended: its lease expired, another did the step, and it goes on."""
    run = ask_for_score(design, document=SHORT)
    worker.run(Job.objects.get().id)
    step = Job.objects.filter(kind="score.step")[0]

    with overtaken_while_scoring(step.id):
        worker.run(step.id)
    work_off()

    run.refresh_from_db()
    assert (run.status, run.done_steps) == ("done", 9)
    assert len(progress_of(told, run)) == 9
    assert [event for _, _, event, _ in told].count("score.progress") == 9


@contextmanager
def overtaken_while_scoring(job_id: UUID) -> Iterator[None]:
    """Once: the lease of the job expires, and another worker does it to its end."""
    real = client._scorer.put
    overtakings = iter([True])

    def put(*arguments: Any, **more: Any) -> Any:
        answer = real(*arguments, **more)
        if next(overtakings, False):
            expire_leases()
            worker.run(job_id)
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(client._scorer, "put", put)
        yield


# Kills -------------------------------------------------------------------------------------------


class Killed(BaseException):
    """No code of the product catches it, so that nothing is tidied up: as by kill -9."""


@contextmanager
def killed_before_statement(number: int) -> Iterator[None]:
    """What was not committed by then is rolled back, as the database does for a dead client."""
    seen = count(1)

    def execute(run: Callable[..., Any], *arguments: Any) -> Any:
        if next(seen) == number:
            raise Killed
        return run(*arguments)

    with connection.execute_wrapper(execute):
        yield


def make_short_flow() -> DesignDocument:
    """A design in four steps, so that there are fewer moments to be killed at."""
    steps = [
        {"id": step.id, "number": number, "notes": "Reads: 20,000 a second, cached for a minute."}
        for number, step in enumerate(registry.flow("system-design").steps, start=1)
    ]
    return parse({**SHORT, "flow": {"id": "system-design", "version": "1.0.0"}, "steps": steps})


def recover(sent: list[UUID]) -> None:
    """Another worker comes up, and the sweeper finds what was lost."""
    while Job.objects.filter(status__in=["queued", "leased"]).exists():
        expire_leases()
        Job.objects.update(sent_at=timezone.now() - timedelta(minutes=2))
        sent.clear()
        worker.sweep()
        for job_id in [*sent]:
            worker.run(job_id)


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_between_any_two_statements_leaves_one_result(sent: list[UUID]) -> None:
    """All kills in turn, from the first statement of the request to the last of the worker."""
    document = make_short_flow()
    expected = engine().start(document, *given_for(document)).reply()

    for number in count(1):
        design, is_killed = make_design("system-design"), False
        try:
            with killed_before_statement(number):
                ask_for_score(design, document=document)
                work_off()
        except Killed:
            is_killed = True
        ask_for_score(design, document=document)  # whoever got no answer asks again
        recover(sent)

        run = ScoreRun.objects.get()
        assert (run.status, run.done_steps, run.result) == ("done", 4, expected), number
        assert StepScore.objects.count() == 4
        assert set(Job.objects.values_list("status", flat=True)) == {"done"}, number
        design.delete()
        Job.objects.all().delete()
        if not is_killed:
            break

    assert number > 50


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_while_it_gives_up_leaves_one_reason(
    sent: list[UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "_scorer", Scorer(program="json.tool"))  # does not start

    for number in count(1):
        design, is_killed = make_design(), False
        try:
            with killed_before_statement(number):
                ask_for_score(design, document=SHORT)
                work_off()
        except Killed:
            is_killed = True
        if not is_killed:
            break
        ask_for_score(design, document=SHORT)
        recover(sent)

        run = ScoreRun.objects.get()
        assert (run.status, run.result) == ("failed", None), number
        assert run.reason
        assert not Job.objects.filter(status__in=["queued", "leased"]).exists(), number
        design.delete()
        Job.objects.all().delete()


# Scorers that fail -------------------------------------------------------------------------------


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> Iterator[Scorer]:
    limits = Limits(memory_bytes=192 << 20, cpu_s=1.0, wall_s=5.0)
    scorer = Scorer(limits, program="tests.scoring.child.faulty")
    monkeypatch.setattr(client, "_scorer", scorer)
    yield scorer
    scorer.stop()


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("HANG", "One step took longer than 1 s. It was tried 3 times."),
        ("EAT", "It needed more than 192 MB of memory. It was tried 3 times."),
        ("CRASH", "The scorer crashed (SIGSEGV). It was tried 3 times."),
    ],
)
@pytest.mark.usefixtures("faulty")
def test_a_scorer_that_fails_is_tried_three_times_and_disturbs_nobody(
    design: DesignSession, told: Told, word: str, reason: str
) -> None:
    other = make_design()
    bad = ask_for_score(design, document=make_document({"metrics": word}))
    good = ask_for_score(other, document=SHORT)

    work_off()

    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.status, bad.reason, bad.tries_lost) == ("failed", reason, 3)
    assert (good.status, good.done_steps) == ("done", 9)
    assert [body for _, _, event, body in told if event == "score.failed"] == [
        {"run": str(bad.id), "reason": reason}
    ]
    assert not Job.objects.filter(status__in=["queued", "leased"]).exists()


def test_a_scorer_that_fails_once_is_not_given_up(
    design: DesignSession, faulty: Scorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = ask_for_score(design, document=make_document({"metrics": "CRASH"}))
    worker.run(Job.objects.get().id)
    worker.run(Job.objects.filter(kind="score.step")[0].id)
    monkeypatch.setattr(client, "_scorer", Scorer())

    work_off()

    client._scorer.stop()
    run.refresh_from_db()
    assert (run.status, run.tries_lost) == ("done", 1)


def test_a_fault_of_the_worker_itself_is_tried_three_times(
    design: DesignSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = ask_for_score(design)

    def fall_over(*_: object) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr("apps.scoring.domain.working.material_of", fall_over)
    work_off()

    run.refresh_from_db()
    assert run.status == "failed"
    assert run.reason == "It stopped unexpectedly, 3 times. The log has the details."
