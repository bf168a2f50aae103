"""Runs one job, and looks after those that got lost."""

import logging
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from apps.core.jobs import queue, registry
from apps.core.jobs.lease import MAX_ATTEMPTS, Lease, LeaseLost, claim, expired, lease_on
from apps.core.jobs.registry import JobFailed, TryAgain
from apps.core.json import JsonObject
from apps.core.models import Job

# A queued job is picked up within milliseconds; after this long its message is taken for lost.
STALE_AFTER = timedelta(seconds=2)
# Each further time it is waited twice as long, up to 64 seconds: where no worker runs, messages
# would pile up for the one that comes.
MAX_DOUBLINGS = 5
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
        _finish(job, lease, _run_claimed(job, lease))
    except LeaseLost as error:
        log.warning("%s", error)
    except JobFailed as error:
        _fail(job, lease, str(error))
    except TryAgain as error:
        log.warning("Job %s, attempt %d: %s", job, lease.attempt, error)
        _try_again(job, lease, str(error))
    except Exception:
        log.exception("Job %s failed in attempt %d", job, lease.attempt)
        _try_again(job, lease, STOPPED.format(attempts=lease.attempt))


def _run_claimed(job: Job, lease: Lease) -> JsonObject:
    registered = registry.registration(job.kind)
    if registered is None:
        raise JobFailed(f"This server does not know work of the kind {job.kind!r}.")
    return registered.handler(job, lease)


def _finish(job: Job, lease: Lease, result: JsonObject) -> None:
    if not lease.finish(result):
        _begin_again(job, lease)


def _begin_again(job: Job, lease: Lease) -> None:
    if lease.begin_again():
        queue.send(job.id)


def _try_again(job: Job, lease: Lease, reason: str) -> None:
    if lease.attempt >= MAX_ATTEMPTS:
        _fail(job, lease, reason)
    elif lease.give_back():
        queue.send(job.id)


def _fail(job: Job, lease: Lease, reason: str) -> None:
    """In one transaction: whoever waits for the job hears of its failure, or it has not failed."""
    with transaction.atomic():
        if lease.fail(reason):
            job.refresh_from_db()
            _tell_of_failure(job)
            return
    _begin_again(job, lease)


def _tell_of_failure(job: Job) -> None:
    registered = registry.registration(job.kind)
    if registered and registered.on_failed:
        registered.on_failed(job)


def sweep() -> int:
    """Sends again what was lost, gives up what has no attempt left; returns how many it sent."""
    for job in expired().filter(attempts__gte=MAX_ATTEMPTS)[:SWEEP_BATCH]:
        _give_up(job)
    stale = [*_stale_ids()]
    Job.objects.filter(id__in=stale).update(sent_at=timezone.now(), resent=F("resent") + 1)
    for job_id in stale:
        queue.send(job_id)
    return len(stale)


def _give_up(job: Job) -> None:
    try:
        _fail(job, lease_on(job), STOPPED.format(attempts=job.attempts))
    except Exception:
        # Whoever was to be told is at fault. The other jobs must not wait for that.
        log.exception("Giving up job %s failed; it is tried again", job)


def _stale_ids() -> list[UUID]:
    now = timezone.now()
    lost = expired().filter(sent_at__lt=now - STALE_AFTER)
    for resent in range(MAX_DOUBLINGS + 1):
        since = Q(sent_at__lt=now - STALE_AFTER * 2**resent)
        lost |= Job.objects.filter(since, status=Job.Status.QUEUED, **_sent_again(resent))
    free = lost.filter(attempts__lt=MAX_ATTEMPTS)
    return list(free.order_by("sent_at").values_list("id", flat=True)[:SWEEP_BATCH])


def _sent_again(times: int) -> dict[str, int]:
    return {"resent" if times < MAX_DOUBLINGS else "resent__gte": times}


def expire_leases() -> int:
    """Frees what a killed process held. Only for a process that is the one worker there is."""
    held = Job.objects.filter(status=Job.Status.LEASED)
    return held.update(lease_until=timezone.now())
