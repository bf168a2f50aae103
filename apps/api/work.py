"""Jobs that join what stands side by side below: they read a room's document and have it scored."""

from typing import Final
from uuid import UUID

from apps.core.jobs.lease import Lease
from apps.core.jobs.registry import TryAgain
from apps.core.json import JsonObject
from apps.core.models import Job
from apps.designs.document.types import DesignDocument
from apps.designs.models import DesignSession
from apps.interviews.domain.finding import find_interview
from apps.interviews.domain.privacy.notices import may_score_by_itself
from apps.rooms.domain.reading import NotReadNow, current_document
from apps.scoring.domain.coverage import cover
from apps.scoring.domain.runs import score_as_is

FINAL_KIND: Final = "score.final"


def score_at_the_end(job: Job, _lease: Lease) -> JsonObject:
    """The handler of the job that the end of a session asks for. Consent may be gone by now."""
    design = _design_of(job)
    if design is not None and scores_by_itself(design.id):
        run = score_as_is(design, *_document_of(design))
        return {"run": str(run.id)}
    return {}


def scores_by_itself(design_id: UUID) -> bool:
    """An interview only if that was asked for, and a candidate who was told so agrees."""
    interview = find_interview(design_id)
    return interview is None or may_score_by_itself(interview)


def cover_now(job: Job, lease: Lease) -> JsonObject:
    """The handler of the job that an interviewer's page asks for at each pause in the work."""
    if design := _design_of(job):
        cover(design, *_document_of(design), lease)
    return {}


def _design_of(job: Job) -> DesignSession | None:
    """None if it was deleted meanwhile."""
    return DesignSession.objects.filter(id=job.subject).first() if job.subject else None


def _document_of(design: DesignSession) -> tuple[DesignDocument, int]:
    try:
        return current_document(design)
    except NotReadNow as error:
        raise TryAgain(str(error)) from error
