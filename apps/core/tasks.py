"""The one Celery task: all work goes through the job table."""

from uuid import UUID

from celery import shared_task
from django.db import close_old_connections

from apps.core.jobs import worker
from apps.core.jobs.queue import TASK


@shared_task(name=TASK)
def run_job(job_id: str) -> None:
    close_old_connections()
    try:
        worker.run(UUID(job_id))
    finally:
        close_old_connections()
