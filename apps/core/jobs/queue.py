"""How work gets into the job table, and its id on to Celery."""

from collections.abc import Collection
from uuid import UUID

from celery import current_app
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from apps.core.json import JsonObject
from apps.core.models import Job

TASK = "core.run_job"
_OVER = (Job.Status.DONE, Job.Status.FAILED, Job.Status.CANCELLED)
_NOT_OVER = (Job.Status.QUEUED, Job.Status.LEASED)


def enqueue(kind: str, subject: UUID | None, payload: JsonObject, key: str | None = None) -> Job:
    """The job for this work: a new one, or the one that has the same key already.

    A failed job of that key is queued anew. Nothing is sent before the transaction commits.
    """
    job, is_new = _job_for(kind, subject, payload, key)
    if is_new or _queue_anew(job, payload, {Job.Status.FAILED}):
        _send_on_commit(job)
    return job


def enqueue_anew(kind: str, subject: UUID | None, payload: JsonObject, key: str) -> Job:
    """The one job of this key, which runs once more from now on, and never twice at a time.

    If it waits, that run is still to come; if it runs, another follows with what it was given
    first. So a handler reads the newest state itself.
    """
    job, is_new = _job_for(kind, subject, payload, key)
    if is_new or (not _is_still_to_come(job) and _queue_anew(job, payload, _OVER)):
        _send_on_commit(job)
    return job


def cancel(jobs: QuerySet[Job]) -> int:
    """Those that are not over. Who runs one of them loses the lease."""
    not_over = jobs.filter(status__in=_NOT_OVER)
    return not_over.update(status=Job.Status.CANCELLED, finished_at=timezone.now())


def send(job_id: UUID) -> None:
    current_app.send_task(TASK, args=[str(job_id)], retry=False)


def _job_for(
    kind: str, subject: UUID | None, payload: JsonObject, key: str | None
) -> tuple[Job, bool]:
    fields = {"kind": kind, "subject": subject, "payload": payload, "sent_at": timezone.now()}
    if key is None:
        return Job.objects.create(**fields), True
    return Job.objects.get_or_create(key=key, defaults=fields)


def _is_still_to_come(job: Job) -> bool:
    """Asks a running job to begin again. The row may move on between two looks at it, and then one
    of them, or the caller's own, finds it."""
    running = Job.objects.filter(id=job.id, status=Job.Status.LEASED)
    if running.update(is_wanted_again=True):
        return True
    return Job.objects.filter(id=job.id, status=Job.Status.QUEUED).exists()


def _queue_anew(job: Job, payload: JsonObject, over: Collection[str]) -> bool:
    changed = Job.objects.filter(id=job.id, status__in=over).update(
        status=Job.Status.QUEUED,
        payload=payload,
        attempts=0,
        is_wanted_again=False,
        reason="",
        result=None,
        lease_until=None,
        finished_at=None,
        sent_at=timezone.now(),
        resent=0,
    )
    if changed:
        job.refresh_from_db()
    return bool(changed)


def _send_on_commit(job: Job) -> None:
    # A broker that does not answer must not fail the request: the sweeper sends it again.
    transaction.on_commit(lambda: send(job.id), robust=True)
