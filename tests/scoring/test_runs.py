"""Runs: asked for once per state, told to interviewers alone, cancelled, tried anew."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from apps.content import registry
from apps.content.models import PackVersion
from apps.core.errors import Conflict, NotFound
from apps.core.events import Audience
from apps.core.jobs import worker
from apps.core.jobs.registry import JobFailed
from apps.core.models import Job
from apps.core.permissions import Role
from apps.designs.models import DesignSession
from apps.scoring.domain import engines, runs
from apps.scoring.domain.engines import given_for
from apps.scoring.domain.queries.latest import latest_for_interviewer, run_json
from apps.scoring.models import ScoreRun
from tests.scoring.conftest import Told
from tests.scoring.documents import STEPS, make_document
from tests.scoring.working import as_role, ask_for_score, scored, work_off

pytestmark = pytest.mark.usefixtures("sent", "told")

Callbacks = Callable[..., Any]


# Asking ------------------------------------------------------------------------------------------


def test_request_queues_one_job(design: DesignSession, told: Told) -> None:
    run = ask_for_score(design)

    job = Job.objects.get()
    assert (job.kind, job.subject) == ("score", design.id)
    assert job.payload == {"run": str(run.id), "generation": 0}
    assert (run.status, run.seq, run.total_steps) == ("queued", 7, 9)
    assert (run.channels, run.model_sha256) == ("lexical", "")
    assert told == [
        (design.id, Audience.INTERVIEWERS, "score.queued", {"run": str(run.id)}),
    ]


@pytest.mark.parametrize("role", [Role.CANDIDATE, Role.OBSERVER])
def test_request_by_somebody_who_may_not_score_is_not_found(
    design: DesignSession, role: Role
) -> None:
    with pytest.raises(NotFound):
        runs.request_run(design, make_document(), 1, as_role(design, role))

    assert (ScoreRun.objects.count(), Job.objects.count()) == (0, 0)


def test_request_for_the_same_state_gives_the_same_run(design: DesignSession) -> None:
    first, again = ask_for_score(design), ask_for_score(design)
    later = ask_for_score(design, seq=8)

    assert first.id == again.id
    assert first.id != later.id
    assert Job.objects.count() == 2


def test_a_thousand_requests_for_the_same_state_give_one_run(
    design: DesignSession, told: Told
) -> None:
    for _ in range(1_000):
        ask_for_score(design)

    assert (ScoreRun.objects.count(), Job.objects.count(), len(told)) == (1, 1, 1)


def test_another_engine_scores_the_same_state_anew(
    design: DesignSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = ask_for_score(design)
    monkeypatch.setattr(engines.LexicalEngine, "version", "99.0.0")

    assert ask_for_score(design).id != first.id


def test_events_wait_for_the_commit(
    design: DesignSession, sent: list[UUID], django_capture_on_commit_callbacks: Callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        ask_for_score(design)
        assert sent == []

    assert sent == [Job.objects.get().id]


# What comes of it --------------------------------------------------------------------------------


def test_run_tells_each_step_and_then_that_it_is_done(design: DesignSession, told: Told) -> None:
    run = scored(design)

    result: Any = run.result
    assert (run.status, run.done_steps, run.reason) == ("done", 9, "")
    assert result["rubric"]["id"] == "ml-9-step"
    progress: list[Any] = [body for _, _, event, body in told if event == "score.progress"]
    assert [(body["done"], body["step"]) for body in progress] == list(enumerate(STEPS, start=1))
    assert all(body["result"] == result["steps"][body["step"]] for body in progress)
    assert not any(body["reused"] for body in progress)
    assert told[-1][2:] == ("score.done", {"run": str(run.id)})
    assert {audience for _, audience, _, _ in told} == {Audience.INTERVIEWERS}


def test_run_can_be_made_again_from_what_it_read(design: DesignSession) -> None:
    run = scored(design)

    scoring = engines.engine(run.engine_id).start(run.document, *given_for(run.document))

    assert scoring.reply() == run.result
    hashes = [scoring.input_hash(step) for step in scoring.step_ids]
    assert [step.input_hash for step in run.steps.all()] == hashes


def test_run_keeps_its_versions_its_input_and_its_trace(design: DesignSession) -> None:
    run = scored(design)

    now = registry.rubric()
    result: Any = run.result
    assert (run.rubric_id, run.rubric_sha256) == (now.id, now.sha256)
    assert (run.engine_version, run.channels) == (engines.engine().version, "lexical")
    assert len(run.input_hash) == 64
    assert set(result["trace"]["steps"]) == set(STEPS)


def test_a_session_is_scored_by_the_rubric_it_began_with(design: DesignSession) -> None:
    """A release brought a later rubric meanwhile."""
    now = registry.rubric()
    criteria: Any = now.data["criteria"]
    fewer = [item for item in criteria if item["id"] != "me.cost"]
    earlier = {**now.data, "version": "0.9.0", "name": "Of old", "criteria": fewer}
    PackVersion.objects.create(
        kind="rubric", pack_id=now.id, version="0.9.0", sha256="of old", document=earlier
    )
    DesignSession.objects.update(rubric_id=now.id, rubric_version="0.9.0")
    design.refresh_from_db()

    run = scored(design)

    assert (run.rubric_version, run.rubric_sha256) == ("0.9.0", "of old")
    result: Any = run.result
    assert result["rubric"]["version"] == "0.9.0"
    assert "me.cost" not in {item["id"] for item in result["steps"]["metrics"]["criteria"]}
    state: Any = latest_for_interviewer(design)
    assert state["rubric"]["name"] == "Of old"


# Failing -----------------------------------------------------------------------------------------


def test_a_failed_run_says_why_and_can_be_asked_for_again(
    design: DesignSession, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = ask_for_score(design)
    with monkeypatch.context() as patch:
        patch.setattr(worker, "_run_claimed", refuse)
        work_off()

    run.refresh_from_db()
    assert (run.status, run.reason, run.result) == ("failed", "No words.", None)
    assert told[-1][2:] == ("score.failed", {"run": str(run.id), "reason": "No words."})

    again = scored(design)

    assert (again.id, again.status, again.reason) == (run.id, "done", "")
    assert again.generation == 1


def refuse(*_: object) -> Any:
    raise JobFailed("No words.")


def test_a_job_of_before_the_failure_changes_nothing(design: DesignSession) -> None:
    run = ask_for_score(design)
    [first] = Job.objects.all()
    runs.end_run(run, ScoreRun.Status.FAILED, reason="No words.")
    again = ask_for_score(design)

    worker.run(first.id)
    runs.on_failed(first)

    again.refresh_from_db()
    assert (again.status, again.steps.count()) == ("queued", 0)


def test_run_of_a_deleted_design_fails_quietly(design: DesignSession) -> None:
    ask_for_score(design)
    design.delete()

    work_off()

    job = Job.objects.get()
    assert (job.status, job.reason) == (
        "failed",
        "The design was deleted before it could be scored.",
    )


def test_a_scored_design_can_be_deleted(design: DesignSession) -> None:
    scored(design)

    design.delete()

    assert ScoreRun.objects.count() == 0


def test_a_run_of_another_engine_is_not_carried_out_by_this_one(
    design: DesignSession, told: Told
) -> None:
    """The program was updated between asking and doing."""
    run = ask_for_score(design)
    ScoreRun.objects.update(engine_version="0.0.1")

    work_off()

    run.refresh_from_db()
    assert run.status == "failed"
    assert run.reason == "The scoring engine was updated meanwhile. Ask for the score again."


# Cancelling --------------------------------------------------------------------------------------


def test_a_cancelled_run_scores_no_further_step(
    design: DesignSession, told: Told, django_capture_on_commit_callbacks: Callbacks
) -> None:
    run = ask_for_score(design)
    worker.run(Job.objects.get().id)
    worker.run(Job.objects.filter(kind="score.step")[0].id)

    with django_capture_on_commit_callbacks(execute=True):
        cancelled = runs.cancel_run(design, run.id, as_role(design, Role.OWNER))
    work_off()

    assert (cancelled.status, cancelled.done_steps) == ("cancelled", 1)
    assert told[-1][2:] == ("score.cancelled", {"run": str(run.id)})
    assert Job.objects.filter(status="cancelled").count() == 8


def test_jobs_that_were_not_cancelled_with_their_run_do_nothing(design: DesignSession) -> None:
    """The process may be killed between the two."""
    run = ask_for_score(design)
    worker.run(Job.objects.get().id)
    runs.end_run(run, ScoreRun.Status.CANCELLED)

    work_off()

    run.refresh_from_db()
    assert (run.status, run.done_steps, run.result) == ("cancelled", 0, None)


def test_a_cancelled_run_can_be_asked_for_again(
    design: DesignSession, django_capture_on_commit_callbacks: Callbacks
) -> None:
    run = ask_for_score(design)
    with django_capture_on_commit_callbacks(execute=True):
        runs.cancel_run(design, run.id, as_role(design, Role.INTERVIEWER))

    again = scored(design)

    assert (again.id, again.status) == (run.id, "done")


def test_cancelling_twice_tells_it_once(design: DesignSession, told: Told) -> None:
    run = ask_for_score(design)

    for _ in range(2):
        runs.cancel_run(design, run.id, as_role(design, Role.INTERVIEWER))

    assert [event for _, _, event, _ in told] == ["score.queued", "score.cancelled"]


def test_a_finished_run_cannot_be_cancelled(design: DesignSession) -> None:
    run = scored(design)

    with pytest.raises(Conflict, match="This score is done already"):
        runs.cancel_run(design, run.id, as_role(design, Role.INTERVIEWER))


@pytest.mark.parametrize("role", [Role.CANDIDATE, Role.OBSERVER])
def test_who_may_not_score_may_not_cancel(design: DesignSession, role: Role) -> None:
    run = ask_for_score(design)

    with pytest.raises(NotFound):
        runs.cancel_run(design, run.id, as_role(design, role))


def test_a_run_of_another_design_is_not_found(design: DesignSession) -> None:
    run = ask_for_score(design)
    other = DesignSession.objects.get(id=design.id)
    other.id = uuid4()

    with pytest.raises(NotFound):
        runs.cancel_run(other, run.id, as_role(other, Role.OWNER))


# Reading -----------------------------------------------------------------------------------------


def test_latest_for_interviewer_before_the_first_run_has_the_rubric(design: DesignSession) -> None:
    state: Any = latest_for_interviewer(design)

    assert state["run"] is None
    assert [step["id"] for step in state["rubric"]["steps"]] == list(STEPS)
    goal = next(one for one in state["rubric"]["steps"][0]["criteria"] if one["id"] == "pf.goal")
    assert (goal["weight"], len(goal["anchors"])) == (3, 4)


def test_latest_for_interviewer_says_how_far_the_run_is(design: DesignSession) -> None:
    run = ask_for_score(design)

    state: Any = latest_for_interviewer(design)

    assert (state["run"]["id"], state["run"]["status"], state["run"]["result"]) == (
        str(run.id),
        "queued",
        None,
    )


def test_a_cancelled_run_leaves_the_last_result_to_be_read(design: DesignSession) -> None:
    done = scored(design)
    later = ask_for_score(design, seq=8)
    runs.cancel_run(design, later.id, as_role(design, Role.OWNER))

    state: Any = latest_for_interviewer(design)

    assert (state["run"]["id"], state["run"]["status"]) == (str(later.id), "cancelled")
    assert (state["scored"]["id"], state["scored"]["status"]) == (str(done.id), "done")


def test_a_result_is_sent_once(design: DesignSession) -> None:
    scored(design)

    assert latest_for_interviewer(design)["scored"] is None


def test_the_trace_is_only_for_who_asks_for_it(design: DesignSession) -> None:
    run = scored(design)

    short: Any = run_json(run)
    whole: Any = run_json(run, has_trace=True)

    assert "trace" not in short["result"]
    assert whole["result"] == run.result
    assert (whole["channels"], whole["model"]) == (["lexical"], None)
