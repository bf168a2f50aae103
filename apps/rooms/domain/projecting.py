"""Keeps the rows of a design up to date with its live document, by a job soon after an edit."""

from uuid import UUID

from apps.core.jobs.lease import Lease
from apps.core.jobs.queue import enqueue
from apps.core.json import JsonObject
from apps.core.models import Job
from apps.designs.domain.projection import project
from apps.designs.models import DesignSession
from apps.rooms.documents import DocumentKey, DocumentName
from apps.rooms.domain.log import last_seq
from apps.rooms.domain.reading import current_document

KIND = "project"


def is_behind(design_id: UUID) -> bool:
    """Whether the log has gone on since the rows were made."""
    projected = DesignSession.objects.filter(id=design_id).values_list("projected_seq", flat=True)
    return last_seq(DocumentKey(design_id, DocumentName.BOARD)) > (projected.first() or 0)


def request_projection(design_id: UUID) -> None:
    """At most one job a design waits: one that has not begun will read everything stored so far."""
    waiting = Job.objects.filter(kind=KIND, subject=design_id, status=Job.Status.QUEUED)
    if not waiting.exists():
        enqueue(KIND, design_id, {})


def run_projection(job: Job, _lease: Lease) -> JsonObject:
    """The handler of the job."""
    design = DesignSession.objects.filter(id=job.subject).first() if job.subject else None
    if design is None:
        return {"projected": None}
    document, seq = current_document(design)
    if seq > design.projected_seq:
        project(design, document, seq)
    return {"projected": seq}
