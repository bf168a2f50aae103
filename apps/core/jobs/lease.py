"""The right of one worker to one job, for a while.

A job is claimed, renewed and finished by single UPDATEs that name the attempt: of two workers that
believe they hold a job, the database lets one write.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from apps.core.json import JsonObject
from apps.core.models import Job

LEASE = timedelta(seconds=20)
MAX_ATTEMPTS = 3


class LeaseLost(Exception):
    """Somebody else has taken the job over, since the lease was not renewed in time."""


@dataclass(frozen=True)
class Lease:
    job_id: UUID
    attempt: int

    def renew(self) -> None:
        """Asks for more time; a handler calls it between its steps. Raises LeaseLost."""
        if not self._update(lease_until=timezone.now() + LEASE):
            raise LeaseLost(f"Job {self.job_id} was taken over during attempt {self.attempt}.")

    def finish(self, result: JsonObject) -> bool:
        return self._update(status=Job.Status.DONE, result=result, finished_at=timezone.now())

    def fail(self, reason: str) -> bool:
        return self._update(status=Job.Status.FAILED, reason=reason, finished_at=timezone.now())

    def give_back(self) -> bool:
        """Back into the queue, for another attempt."""
        return self._update(status=Job.Status.QUEUED, lease_until=None, sent_at=timezone.now())

    def _update(self, **values: Any) -> bool:
        held = Job.objects.filter(id=self.job_id, status=Job.Status.LEASED, attempts=self.attempt)
        return bool(held.update(**values))


def claim(job_id: UUID) -> tuple[Job, Lease] | None:
    """The job and the right to run it; None if it is done, gone or somebody else's."""
    free = Job.objects.filter(id=job_id, attempts__lt=MAX_ATTEMPTS).filter(
        Q(status=Job.Status.QUEUED) | _is_expired()
    )
    claimed = free.update(
        status=Job.Status.LEASED,
        attempts=F("attempts") + 1,
        lease_until=timezone.now() + LEASE,
    )
    if not claimed:
        return None
    job = Job.objects.get(id=job_id)
    return job, Lease(job.id, job.attempts)


def _is_expired() -> Q:
    return Q(status=Job.Status.LEASED, lease_until__lt=timezone.now())


def expired() -> QuerySet[Job]:
    return Job.objects.filter(_is_expired())
