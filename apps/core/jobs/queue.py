"""How work gets into the job table, and its id on to Celery."""

from uuid import UUID

from celery import current_app
from django.db import transaction
from django.utils import timezone

from apps.core.json import JsonObject
from apps.core.models import Job

TASK = "core.run_job"


def enqueue(kind: str, subject: UUID | None, payload: JsonObject, key: str | None = None) -> Job:
    """The job for this work: a new one, or the one that has the same key already.

    A failed job of that key is queued anew. Nothing is sent before the transaction commits.
    """
    fields = {"kind": kind, "subject": subject, "payload": payload, "sent_at": timezone.now()}
    if key is None:
        job, is_new = Job.objects.create(**fields), True
    else:
        job, is_new = Job.objects.get_or_create(key=key, defaults=fields)
    if is_new or _queue_anew(job, payload):
        # A broker that does not answer must not fail the request: the sweeper sends it again.
        transaction.on_commit(lambda: send(job.id), robust=True)
    return job


def _queue_anew(job: Job, payload: JsonObject) -> bool:
    failed = Job.objects.filter(id=job.id, status=Job.Status.FAILED)
    changed = failed.update(
        status=Job.Status.QUEUED,
        payload=payload,
        attempts=0,
        reason="",
        lease_until=None,
        finished_at=None,
        sent_at=timezone.now(),
    )
    if changed:
        job.refresh_from_db()
    return bool(changed)


def send(job_id: UUID) -> None:
    current_app.send_task(TASK, args=[str(job_id)], retry=False)
