"""Runs: asked for once per state, carried out step by step, told to interviewers alone."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from apps.content import registry
from apps.content.models import PackVersion
from apps.core.errors import NotFound
from apps.core.events import Audience
from apps.core.jobs import queue, worker
from apps.core.json import JsonObject
from apps.core.models import Job
from apps.core.permissions import Role
from apps.designs.models import DesignSession
from apps.designs.rules import Access
from apps.scoring.domain import engines, runs
from apps.scoring.domain.engines import given_for
from apps.scoring.domain.queries.latest import latest_for_interviewer
from apps.scoring.models import ScoreRun
from tests.scoring.documents import STEPS, all_of, make_document

pytestmark = pytest.mark.django_db

Told = list[tuple[UUID, Audience, str, JsonObject]]


@pytest.fixture(autouse=True)
def sent(monkeypatch: pytest.MonkeyPatch) -> list[UUID]:
    ids: list[UUID] = []
    monkeypatch.setattr(queue, "send", ids.append)
    return ids


@pytest.fixture(autouse=True)
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    events: Told = []
    monkeypatch.setattr(runs, "publish", lambda *event: events.append(event))
    return events


@pytest.fixture
def design() -> DesignSession:
    return DesignSession.objects.create(
        kind="practice", title="A design", flow_id="ml-9-step", updated_at=timezone.now()
    )


def as_role(design: DesignSession, role: Role) -> Access:
    return Access(design.id, role, "Kim", 0, participant_id=uuid4())


def request(design: DesignSession, seq: int = 7) -> ScoreRun:
    document = make_document(all_of("strong"))
    return runs.request_run(design, document, seq, as_role(design, Role.INTERVIEWER))


def test_request_queues_one_job(design: DesignSession, told: Told) -> None:
    run = request(design)

    job = Job.objects.get()
    assert (job.kind, job.subject, job.payload) == ("score", design.id, {"run": str(run.id)})
    assert (run.status, run.seq, run.total_steps) == ("queued", 7, 9)
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
    first, again, later = request(design), request(design), request(design, seq=8)

    assert first.id == again.id
    assert first.id != later.id
    assert Job.objects.count() == 2


def test_run_tells_each_step_and_then_that_it_is_done(design: DesignSession, told: Told) -> None:
    run = request(design)

    worker.run(Job.objects.get().id)

    run.refresh_from_db()
    result: Any = run.result
    assert (run.status, run.done_steps, run.reason) == ("done", 9, "")
    assert result["rubric"] == {"id": "ml-9-step", "version": run.rubric_version}
    progress: list[Any] = [body for _, _, event, body in told if event == "score.progress"]
    assert [(body["done"], body["step"]) for body in progress] == list(enumerate(STEPS, start=1))
    assert all(body["result"] == result["steps"][body["step"]] for body in progress)
    assert told[-1][2:] == ("score.done", {"run": str(run.id)})
    assert {audience for _, audience, _, _ in told} == {Audience.INTERVIEWERS}


def test_run_delivered_twice_is_carried_out_once(design: DesignSession, told: Told) -> None:
    request(design)
    job = Job.objects.get()

    worker.run(job.id)
    events = len(told)
    worker.run(job.id)

    assert len(told) == events


def test_run_taken_up_after_a_crash_starts_again_from_the_first_step(design: DesignSession) -> None:
    run = request(design)
    ScoreRun.objects.update(status="running", done_steps=4)

    worker.run(Job.objects.get().id)

    run.refresh_from_db()
    assert (run.status, run.done_steps) == ("done", 9)


def test_run_can_be_made_again_from_what_it_read(design: DesignSession) -> None:
    run = request(design)
    worker.run(Job.objects.get().id)
    run.refresh_from_db()

    scoring = engines.engine(run.engine_id).start(run.document, *given_for(run.document))

    assert len(list(scoring.steps())) == 9
    assert scoring.reply() == run.result


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

    run = request(design)
    worker.run(Job.objects.get().id)
    run.refresh_from_db()

    assert (run.rubric_version, run.rubric_sha256) == ("0.9.0", "of old")
    result: Any = run.result
    assert result["rubric"]["version"] == "0.9.0"
    assert "me.cost" not in {item["id"] for item in result["steps"]["metrics"]["criteria"]}
    assert latest_for_interviewer(design)["rubric"]["name"] == "Of old"  # type: ignore[index,call-overload]


class Broken:
    """An engine that cannot do its work."""

    id = "lexical"
    version = "1.0.0"

    def start(self, *_: object) -> Any:
        raise ValueError("no such word")


def test_run_of_a_failing_engine_fails_with_a_reason_and_can_be_asked_for_again(
    design: DesignSession, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = request(design)
    job = Job.objects.get()
    with monkeypatch.context() as patch:
        patch.setitem(engines.ENGINES, "lexical", Broken())
        for _ in range(3):
            worker.run(job.id)

    run.refresh_from_db()
    assert run.status == "failed"
    assert run.reason.startswith("It stopped unexpectedly")
    assert told[-1][2:] == ("score.failed", {"run": str(run.id), "reason": run.reason})

    again = request(design)
    worker.run(job.id)

    again.refresh_from_db()
    assert (again.id, again.status, again.reason) == (run.id, "done", "")


def test_run_of_a_deleted_design_fails_quietly(design: DesignSession) -> None:
    request(design)
    design.delete()
    job = Job.objects.get()

    worker.run(job.id)

    job.refresh_from_db()
    assert (job.status, job.reason) == (
        "failed",
        "The design was deleted before it could be scored.",
    )


def test_latest_for_interviewer_before_the_first_run_has_the_rubric(design: DesignSession) -> None:
    state: Any = latest_for_interviewer(design)

    assert state["run"] is None
    assert [step["id"] for step in state["rubric"]["steps"]] == list(STEPS)
    goal = next(one for one in state["rubric"]["steps"][0]["criteria"] if one["id"] == "pf.goal")
    assert (goal["weight"], len(goal["anchors"])) == (3, 4)


def test_latest_for_interviewer_says_how_far_the_run_is(design: DesignSession) -> None:
    run = request(design)

    state: Any = latest_for_interviewer(design)

    assert (state["run"]["id"], state["run"]["status"], state["run"]["result"]) == (
        str(run.id),
        "queued",
        None,
    )


def test_events_wait_for_the_commit(
    design: DesignSession,
    sent: list[UUID],
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        request(design)
        assert sent == []

    assert sent == [Job.objects.get().id]
