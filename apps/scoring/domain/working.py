"""How is a run carried out? By jobs: one plans it, one scores each step, the last combines them.

Each may be delivered often, begin twice, and die between any two statements: what it writes, it
writes in one transaction that asks whether that is still to be done. A step that was scored before
with the same inputs is taken from there.
"""

import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from hashlib import sha256
from typing import Any, Final

from django.db import transaction
from django.db.models import F

from apps.core.jobs import queue
from apps.core.jobs.lease import MAX_ATTEMPTS, Lease
from apps.core.jobs.registry import JobFailed, TryAgain
from apps.core.json import JsonObject
from apps.core.models import Job
from apps.scoring.child import ScorerFailed, scorer
from apps.scoring.domain.engines import engine
from apps.scoring.domain.judging.judgements import judge_finished
from apps.scoring.domain.materials import material_of
from apps.scoring.domain.runs import JOB_KIND, end_run, generation_of, job_key, tell
from apps.scoring.models import RunStep, ScoreRun, StepScore
from apps.scoring.signals import is_withheld, run_finished

STEP_KIND: Final = "score.step"
COMBINE_KIND: Final = "score.combine"
# Short, so that a killed worker's step is soon taken over; renewed every second meanwhile.
LEASE: Final = timedelta(seconds=5)
DELETED = "The design was deleted before it could be scored."
OTHER_ENGINE = "The scoring engine was updated meanwhile. Ask for the score again."
GIVEN_UP = "{why} It was tried {tries} times."

Status = ScoreRun.Status


def plan(job: Job, lease: Lease) -> JsonObject:
    """The handler of the first job: which steps are there, and which are known already?"""
    run = _run_of(job, Status.QUEUED)
    if run is not None:
        hashes: Mapping[str, str] = _ask("hashes", run, lease)
        _begin(run, hashes)
    return {}


def score_step(job: Job, lease: Lease) -> JsonObject:
    """The handler of the job of one step."""
    run, step = _run_of(job, Status.RUNNING), str(job.payload["step"])
    if run is None:
        return {}
    planned = run.steps.get(step=step)
    if planned.scored_id is None:
        known = _known(run, step, planned.input_hash)
        _advance(run, planned, known or _score(run, planned, lease), is_reused=known is not None)
    return {}


def combine(job: Job, lease: Lease) -> JsonObject:
    """The handler of the last job: all steps are there."""
    run = _run_of(job, Status.RUNNING)
    if run is not None:
        steps = {one.step: _json_of(one.scored) for one in run.steps.select_related("scored")}
        reply: JsonObject = _ask("combine", run, lease, {"steps": steps})
        with transaction.atomic():
            if end_run(run, Status.DONE, result=reply):
                tell(run, "score.done")
                run_finished.send(ScoreRun, run=run)
                judge_finished(run)
    return {}


HANDLERS: Final[dict[str, Callable[[Job, Lease], JsonObject]]] = {
    JOB_KIND: plan,
    STEP_KIND: score_step,
    COMBINE_KIND: combine,
}


def _run_of(job: Job, status: ScoreRun.Status) -> ScoreRun | None:
    """None if there is nothing left to do: it was done, cancelled, given up or begun anew."""
    run = ScoreRun.objects.filter(id=str(job.payload["run"])).first()
    if run is None:
        raise JobFailed(DELETED)
    if run.status != status or run.generation != generation_of(job):
        return None
    if run.engine_version != engine(run.engine_id).version:
        raise JobFailed(OTHER_ENGINE)
    return run


@transaction.atomic
def _begin(run: ScoreRun, hashes: Mapping[str, str]) -> None:
    changed = _at(run, Status.QUEUED).update(
        status=Status.RUNNING, input_hash=_over(hashes), total_steps=len(hashes), done_steps=0
    )
    if not changed:
        return
    run.refresh_from_db()
    run.steps.all().delete()  # those of an earlier generation
    for position, (step, input_hash) in enumerate(hashes.items()):
        RunStep.objects.create(run=run, step=step, position=position, input_hash=input_hash)
    for planned in run.steps.all():
        if known := _known(run, planned.step, planned.input_hash):
            _advance(run, planned, known, is_reused=True)
        else:
            _enqueue(run, STEP_KIND, planned.step)


def _score(run: ScoreRun, planned: RunStep, lease: Lease) -> StepScore:
    """By the child. Two may do so at once: they get the same, and it is stored once."""
    scored: Mapping[str, Any] = _ask("score_step", run, lease, {"step": planned.step})
    stored, _ = StepScore.objects.get_or_create(
        design_id=run.design_id,
        step=planned.step,
        input_hash=planned.input_hash,
        defaults={"result": scored["result"], "trace": scored["trace"]},
    )
    return stored


@transaction.atomic
def _advance(run: ScoreRun, planned: RunStep, scored: StepScore, *, is_reused: bool) -> None:
    """Counts the step, once. Of two workers with the last two steps, the one that holds the run's
    row second sees that all are there."""
    if not _at(run, Status.RUNNING).select_for_update().values_list("id").first():
        return
    waiting = RunStep.objects.filter(id=planned.id, scored=None)
    if not waiting.update(scored=scored, is_reused=is_reused):
        return
    done = run.steps.exclude(scored=None).count()
    ScoreRun.objects.filter(id=run.id).update(done_steps=done)
    progress: JsonObject = {"done": done, "total": run.total_steps, "step": planned.step}
    if not is_withheld(run.design_id):
        progress |= {"result": scored.result, "reused": is_reused}
    tell(run, "score.progress", progress)
    if done == run.total_steps:
        _enqueue(run, COMBINE_KIND, "")


def _at(run: ScoreRun, status: ScoreRun.Status) -> Any:
    return ScoreRun.objects.filter(id=run.id, generation=run.generation, status=status)


def _known(run: ScoreRun, step: str, input_hash: str) -> StepScore | None:
    scores = StepScore.objects.filter(design_id=run.design_id, step=step, input_hash=input_hash)
    return scores.first()


def _enqueue(run: ScoreRun, kind: str, step: str) -> None:
    payload: JsonObject = {"run": str(run.id), "generation": run.generation, "step": step}
    queue.enqueue(kind, run.design_id, payload, key=job_key(run, f"{kind}:{step}"))


def _ask(task: str, run: ScoreRun, lease: Lease, more: Mapping[str, Any] | None = None) -> Any:
    """Raises LeaseLost as soon as the job is cancelled, TryAgain, JobFailed."""
    renew = partial(lease.renew, LEASE)
    renew()
    try:
        return scorer().put(task, material_of(run), more or {}, while_waiting=renew)
    except ScorerFailed as failure:
        raise _lost_try(run, str(failure)) from failure


def _lost_try(run: ScoreRun, why: str) -> Exception:
    """A design that the scorer does not survive costs three tries, not three for each step."""
    ScoreRun.objects.filter(id=run.id).update(tries_lost=F("tries_lost") + 1)
    run.refresh_from_db(fields=["tries_lost"])
    reason = GIVEN_UP.format(why=why, tries=run.tries_lost)
    return JobFailed(reason) if run.tries_lost >= MAX_ATTEMPTS else TryAgain(reason)


def _json_of(scored: StepScore | None) -> JsonObject:
    if scored is None:
        raise ValueError("A run was to be combined before all of its steps were scored.")
    return {"result": scored.result, "trace": scored.trace}


def _over(hashes: Mapping[str, str]) -> str:
    return sha256(json.dumps(dict(hashes), sort_keys=True).encode()).hexdigest()
