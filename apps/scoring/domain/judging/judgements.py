"""How is a finished run judged behind the request? Asked for, carried out step by step, told.

What was sent to a model once is not sent to it again: a judgement belongs to a run, a model and
the hash of its prompts. The engine's score stays the score of record: nothing here writes to a run.
"""

import secrets
from functools import partial

from django.db import transaction
from django.utils import timezone

from apps.core.errors import Conflict
from apps.core.events import Audience, publish
from apps.core.jobs import queue
from apps.core.jobs.lease import Lease
from apps.core.jobs.registry import JobFailed
from apps.core.json import Json, JsonObject
from apps.core.models import Job
from apps.core.permissions import Action
from apps.designs.rules import Access, check
from apps.scoring.domain.judging.cases import cases_of
from apps.scoring.domain.judging.consent import configured, consent_that_holds
from apps.scoring.judge.client import Client, Endpoint
from apps.scoring.judge.judging import (
    FAILED,
    FAILURES_TO_GIVE_UP,
    GIVEN_UP,
    JUDGED,
    SEED,
    Case,
    Judge,
    not_judged,
)
from apps.scoring.judge.prompt import prompt_sha256
from apps.scoring.judge.wording import of_note
from apps.scoring.models import Judgement, ScoreRun

JOB_KIND = "judge"
DELIMITER_BYTES = 24
WITHDRAWN = "The owner's consent does not hold any more, so nothing else was sent."
DELETED = "The design was deleted before it could be judged."
CHANGED = "The server's judge has changed since this was asked for. Ask again."


def request_judgement(run: ScoreRun, access: Access | None) -> Judgement:
    """The judgement of the run, queued if there is none; steps that failed are asked again.

    Raises NotFound if the asker may not score, Conflict if the run cannot be judged.
    """
    check(access, Action.RUN_SCORING)
    endpoint = configured()
    if endpoint is None:
        raise Conflict("This server has no judge.")
    if run.status != ScoreRun.Status.DONE:
        raise Conflict("Only a finished score can be judged.")
    if consent_that_holds(run.design, endpoint) is None:
        raise Conflict("The owner of this design has not agreed to have it judged.")
    judgement, is_new = _judgement_of(run, endpoint)
    if is_new or _has_failed(judgement):
        _queue(judgement)
    return judgement


def judge_finished(run: ScoreRun) -> None:
    """After a run: queues its judgement where a judge is there and may read it."""
    endpoint = configured()
    if endpoint is not None and consent_that_holds(run.design, endpoint) is not None:
        judgement, is_new = _judgement_of(run, endpoint)
        if is_new:
            _queue(judgement)


def latest_of(run: ScoreRun) -> Judgement | None:
    return run.judgements.order_by("-created_at").first()


def handle(job: Job, lease: Lease) -> JsonObject:
    """Carries out a judgement. Steps that an earlier attempt has stored are not sent again."""
    found = Judgement.objects.filter(id=str(job.payload["judgement"]))
    judgement = found.select_related("run__design").first()
    if judgement is None:
        raise JobFailed(DELETED)
    endpoint = configured()
    if endpoint is None or (judgement.host, judgement.model) != (endpoint.host, endpoint.model):
        raise JobFailed(CHANGED)
    cases = cases_of(judgement.run)
    _begin(judgement, cases, lease)
    _carry_out(judgement, cases, _judge(judgement, endpoint, lease), lease)
    return {"judgement": str(judgement.id)}


def on_failed(job: Job) -> None:
    """Called once when the job was given up."""
    judgement = Judgement.objects.filter(id=str(job.payload["judgement"])).first()
    if judgement is not None:
        _end(judgement, Judgement.Status.FAILED, job.reason)


def _judgement_of(run: ScoreRun, endpoint: Endpoint) -> tuple[Judgement, bool]:
    """The prompts are made, and so hashed, by the job: a run may be over at once."""
    return Judgement.objects.get_or_create(
        run=run,
        host=endpoint.host,
        model=endpoint.model,
        defaults={"seed": SEED, "total_steps": run.total_steps},
    )


def _queue(judgement: Judgement) -> None:
    with transaction.atomic():
        _save(judgement, status=Judgement.Status.QUEUED, reason="", finished_at=None)
        payload: JsonObject = {"judgement": str(judgement.id)}
        design = judgement.run.design_id
        queue.enqueue_anew(JOB_KIND, design, payload, key=f"judge:{judgement.id}")


def _has_failed(judgement: Judgement) -> bool:
    failed = judgement.status == Judgement.Status.FAILED
    is_over = judgement.status == Judgement.Status.DONE
    return failed or (is_over and any(_state(one) == FAILED for one in judgement.steps.values()))


def _begin(judgement: Judgement, cases: dict[str, Case], lease: Lease) -> None:
    """Answers to other prompts than those of now are none: a name is struck out that was not."""
    now = prompt_sha256(case.sent.asked for case in cases.values())
    kept = judgement.steps if judgement.prompt_sha256 == now else {}
    running, total = Judgement.Status.RUNNING, len(cases)
    with transaction.atomic():
        lease.renew()
        _save(judgement, status=running, prompt_sha256=now, steps=kept, total_steps=total)


def _judge(judgement: Judgement, endpoint: Endpoint, lease: Lease) -> Judge:
    def check_consent() -> None:
        if consent_that_holds(judgement.run.design, endpoint) is None:
            raise JobFailed(WITHDRAWN)

    client = Client(endpoint, before=check_consent, beat=lease.renew)
    return Judge(endpoint.model, client.ask, partial(secrets.token_hex, DELIMITER_BYTES))


def _carry_out(judgement: Judgement, cases: dict[str, Case], judge: Judge, lease: Lease) -> None:
    """Raises JobFailed if no step could be judged for want of an answer."""
    failures = 0
    for step, case in cases.items():
        if _state(judgement.steps.get(step)) not in {None, FAILED}:
            continue
        given_up = failures >= FAILURES_TO_GIVE_UP
        result = not_judged(FAILED, GIVEN_UP) if given_up else judge.step(case)
        failures = failures + 1 if result["state"] == FAILED else 0
        _store(judgement, step, result, lease)
    results = [judgement.steps[step] for step in cases]  # PostgreSQL keeps keys in its own order
    failed = [one for one in results if _state(one) == FAILED]
    if failed and not any(_state(one) == JUDGED for one in results):
        raise JobFailed(of_note(FAILED, failed[0]["note"]))
    _end(judgement, Judgement.Status.DONE)


def _store(judgement: Judgement, step: str, result: JsonObject, lease: Lease) -> None:
    """Only the one who holds the lease writes, in one transaction with its renewal."""
    with transaction.atomic():
        lease.renew()
        _save(judgement, steps={**judgement.steps, step: result})
    body: JsonObject = {"done": len(judgement.steps), "total": judgement.total_steps}
    _tell(judgement, "judge.progress", body)


def _end(judgement: Judgement, status: Judgement.Status, reason: str = "") -> None:
    _save(judgement, status=status, reason=reason, finished_at=timezone.now())
    body: JsonObject = {"reason": reason} if reason else {}
    _tell(judgement, f"judge.{status.value}", body)


def _state(result: Json) -> Json:
    return result["state"] if isinstance(result, dict) else None


def _save(judgement: Judgement, **fields: object) -> None:
    for name, value in fields.items():
        setattr(judgement, name, value)
    judgement.save(update_fields=list(fields))


def _tell(judgement: Judgement, event: str, body: JsonObject) -> None:
    """For interviewers, as scores are; a candidate's browser never hears of them."""
    frame: JsonObject = {"run": str(judgement.run_id), **body}
    publish(judgement.run.design_id, Audience.INTERVIEWERS, event, frame)
