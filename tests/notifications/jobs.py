"""Runs the work of notifications that waits, as a worker would."""

from apps.core.jobs import worker
from apps.core.models import Job

ROUNDS = 5


def run_jobs() -> None:
    """Until nothing is left: planning makes letters, and letters are jobs."""
    for _ in range(ROUNDS):
        waiting = Job.objects.filter(status=Job.Status.QUEUED, kind__startswith="notifications.")
        for job in list(waiting):
            worker.run(job.id)
