"""A worker for tests: it carries out what is in the job table, in this process."""

from uuid import uuid4

from apps.core.jobs import worker
from apps.core.models import Job
from apps.core.permissions import Role
from apps.designs.document.types import DesignDocument
from apps.designs.models import DesignSession
from apps.designs.rules import Access
from apps.scoring.domain import runs
from apps.scoring.models import ScoreRun
from tests.scoring.documents import all_of, make_document


def as_role(design: DesignSession, role: Role) -> Access:
    return Access(design.id, role, "Kim", 0, participant_id=uuid4())


def ask_for_score(
    design: DesignSession, seq: int = 7, document: DesignDocument | None = None
) -> ScoreRun:
    document = document or make_document(all_of("strong"))
    return runs.request_run(design, document, seq, as_role(design, Role.INTERVIEWER))


def work_off() -> int:
    """Runs waiting jobs, the oldest first, until none waits; says how many it ran."""
    count = 0
    while job := Job.objects.filter(status="queued").order_by("created_at").first():
        worker.run(job.id)
        count += 1
    return count


def scored(design: DesignSession, seq: int = 7, document: DesignDocument | None = None) -> ScoreRun:
    run = ask_for_score(design, seq, document)
    work_off()
    run.refresh_from_db()
    return run
