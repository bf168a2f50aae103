"""Keeps the rows of a design up to date with its live document, by a job soon after an edit."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q

from apps.core.jobs.lease import Lease
from apps.core.jobs.queue import enqueue
from apps.core.json import JsonObject
from apps.core.models import Job
from apps.designs.domain.projection import project
from apps.designs.models import DesignSession
from apps.rooms.documents import DocumentName
from apps.rooms.domain.reading import current_document
from apps.rooms.models import Log, Update

KIND = "project"


def is_behind(design_id: UUID) -> bool:
    return design_id in behind([design_id])


def behind(design_ids: Collection[UUID]) -> set[UUID]:
    """Those of the designs whose log has gone on since their rows were made.

    Of a log in quarantine, its last good state is all that rows can be made from.
    """
    newer = Update.objects.filter(log=OuterRef("id"), seq__gt=OuterRef("design__projected_seq"))
    # One look into the index a design, however long its log is.
    has_gone_on = Q(good_seq=None) & Q(Exists(newer)) | Q(good_seq__gt=F("design__projected_seq"))
    boards = Log.objects.filter(document=DocumentName.BOARD, design_id__in=design_ids)
    return set(boards.filter(has_gone_on).values_list("design_id", flat=True))


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
