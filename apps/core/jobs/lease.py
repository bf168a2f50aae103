"""The right of one worker to one job, for a while.

A job is claimed, renewed and finished by single UPDATEs that name the claim: of two workers that
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
    """The job was cancelled, or taken over since the lease was not renewed in time."""


@dataclass(frozen=True)
class Lease:
    """attempt: the how manieth this is, from 1. claim: which of all claims this is; never given
    out again, even where attempts are counted anew."""

    job_id: UUID
    attempt: int
    claim: int

    def renew(self, duration: timedelta = LEASE) -> None:
        """Asks for more time; a handler calls it between its steps. Raises LeaseLost."""
        if not self._update(lease_until=timezone.now() + duration):
            raise LeaseLost(f"Job {self.job_id} was lost during attempt {self.attempt}.")

    def finish(self, result: JsonObject) -> bool:
        """False if the lease was lost, or if the work was asked for once more meanwhile."""
        return self._end(status=Job.Status.DONE, result=result)

    def fail(self, reason: str) -> bool:
        """False as for `finish`."""
        return self._end(status=Job.Status.FAILED, reason=reason)

    def give_back(self) -> bool:
        """Back into the queue, for another attempt."""
        return self._update(**_waiting())

    def begin_again(self) -> bool:
        """Back into the queue with all attempts, if that was asked for meanwhile."""
        asked = self._held().filter(is_wanted_again=True)
        return bool(asked.update(**_waiting(), attempts=0, is_wanted_again=False))

    def _end(self, **values: Any) -> bool:
        over = self._held().filter(is_wanted_again=False)
        return bool(over.update(**values, finished_at=timezone.now()))

    def _update(self, **values: Any) -> bool:
        return bool(self._held().update(**values))

    def _held(self) -> QuerySet[Job]:
        return Job.objects.filter(id=self.job_id, status=Job.Status.LEASED, claims=self.claim)


def claim(job_id: UUID) -> tuple[Job, Lease] | None:
    """The job and the right to run it; None if it is done, gone or somebody else's."""
    free = Job.objects.filter(id=job_id, attempts__lt=MAX_ATTEMPTS).filter(
        Q(status=Job.Status.QUEUED) | _is_expired()
    )
    claimed = free.update(
        status=Job.Status.LEASED,
        attempts=F("attempts") + 1,
        claims=F("claims") + 1,
        lease_until=timezone.now() + LEASE,
    )
    if not claimed:
        return None
    job = Job.objects.get(id=job_id)
    return job, lease_on(job)


def lease_on(job: Job) -> Lease:
    """The lease that the row says is given out."""
    return Lease(job.id, job.attempts, job.claims)


def _waiting() -> dict[str, Any]:
    return {
        "status": Job.Status.QUEUED,
        "lease_until": None,
        "sent_at": timezone.now(),
        "resent": 0,
    }


def _is_expired() -> Q:
    return Q(status=Job.Status.LEASED, lease_until__lt=timezone.now())


def expired() -> QuerySet[Job]:
    return Job.objects.filter(_is_expired())
