"""Runs one job, and looks after those that got lost."""

import logging
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from apps.core.jobs import queue, registry
from apps.core.jobs.lease import MAX_ATTEMPTS, Lease, LeaseLost, claim, expired
from apps.core.jobs.registry import JobFailed
from apps.core.models import Job

# A queued job is picked up within milliseconds; after this long its message is taken for lost.
STALE_AFTER = timedelta(seconds=2)
# Under a backlog nothing is lost, only late: the bound keeps repeated messages from piling up.
SWEEP_BATCH = 50
STOPPED = "It stopped unexpectedly, {attempts} times. The log has the details."

log = logging.getLogger(__name__)


def run(job_id: UUID) -> None:
    """Runs the job if it is free, and writes its result or reason once."""
    claimed = claim(job_id)
    if claimed is None:
        return
    job, lease = claimed
    try:
        _run_claimed(job, lease)
    except LeaseLost as error:
        log.warning("%s", error)
    except JobFailed as error:
        _fail(job, lease, str(error))
    except Exception:
        log.exception("Job %s failed in attempt %d", job, lease.attempt)
        _try_again(job, lease)


def _run_claimed(job: Job, lease: Lease) -> None:
    registered = registry.registration(job.kind)
    if registered is None:
        raise JobFailed(f"This server does not know work of the kind {job.kind!r}.")
    lease.finish(registered.handler(job, lease))


def _try_again(job: Job, lease: Lease) -> None:
    if lease.attempt >= MAX_ATTEMPTS:
        _fail(job, lease, STOPPED.format(attempts=lease.attempt))
    elif lease.give_back():
        queue.send(job.id)


def _fail(job: Job, lease: Lease, reason: str) -> None:
    if not lease.fail(reason):
        return
    job.refresh_from_db()
    registered = registry.registration(job.kind)
    if registered and registered.on_failed:
        registered.on_failed(job)


def sweep() -> int:
    """Sends again what was lost, gives up what has no attempt left; returns how many it sent."""
    for job in expired().filter(attempts__gte=MAX_ATTEMPTS)[:SWEEP_BATCH]:
        _fail(job, Lease(job.id, job.attempts), STOPPED.format(attempts=job.attempts))
    stale = [*_stale_ids()]
    Job.objects.filter(id__in=stale).update(sent_at=timezone.now())
    for job_id in stale:
        queue.send(job_id)
    return len(stale)


def _stale_ids() -> list[UUID]:
    late = timezone.now() - STALE_AFTER
    queued = Job.objects.filter(status=Job.Status.QUEUED)
    lost = (queued | expired()).filter(sent_at__lt=late, attempts__lt=MAX_ATTEMPTS)
    return list(lost.order_by("sent_at").values_list("id", flat=True)[:SWEEP_BATCH])


def expire_leases() -> int:
    """Frees what a killed process held. Only for a process that is the one worker there is."""
    held = Job.objects.filter(status=Job.Status.LEASED)
    return held.update(lease_until=timezone.now())
