"""What becomes of a scoring? A run is asked for, may be cancelled, ends as done or failed.

Asking again for the same state of the design, rubric, engine and channels gives the same run.
`working` does the work; each change of a run is told to interviewers in the transaction that
makes it.
"""

from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from apps.core.errors import Conflict, NotFound
from apps.core.events import Audience, publish
from apps.core.jobs import queue
from apps.core.json import JsonObject
from apps.core.models import Job
from apps.core.permissions import Action
from apps.designs.document.types import DesignDocument
from apps.designs.models import DesignSession
from apps.designs.rules import Access, check
from apps.scoring.domain.engines import engine, model_in_use
from apps.scoring.domain.materials import BOTH, LEXICAL, as_played, rubric_pinned_by
from apps.scoring.models import ScoreRun

JOB_KIND = "score"  # plans a run
UNDER_WAY = (ScoreRun.Status.QUEUED, ScoreRun.Status.RUNNING)
NO_LONGER = "This score is {status} already."


def request_run(
    design: DesignSession, document: DesignDocument, seq: int, access: Access | None
) -> ScoreRun:
    """The run over this state of the design, queued if there is none. One that failed or was
    cancelled is tried anew.

    Raises NotFound if the asker may not score.
    """
    check(access, Action.RUN_SCORING)
    return score_as_is(design, document, seq)


@transaction.atomic
def score_as_is(design: DesignSession, document: DesignDocument, seq: int) -> ScoreRun:
    """As `request_run`, when the product itself asks: at the end of a session."""
    run, is_new = _run_for(design, document, seq)
    if is_new or _begin_anew(run):
        payload: JsonObject = {"run": str(run.id), "generation": run.generation}
        queue.enqueue(JOB_KIND, design.id, payload, key=job_key(run, "plan"))
        tell(run, "score.queued")
    return run


def run_of(design: DesignSession, run_id: UUID) -> ScoreRun:
    """Raises NotFound, also for another design's. The caller checks the access."""
    run = ScoreRun.objects.filter(design=design, id=run_id).first()
    if run is None:
        raise NotFound("There is no such score.")
    return run


def latest_run(design: DesignSession, rubric_id: str) -> ScoreRun | None:
    runs = ScoreRun.objects.filter(design=design, rubric_id=rubric_id)
    return runs.order_by("-created_at").first()


def cancel_run(design: DesignSession, run_id: UUID, access: Access | None) -> ScoreRun:
    """Whoever is scoring a step of it stops within a second. Cancelling twice changes nothing.

    Raises NotFound if the asker may not score, Conflict if the run is over.
    """
    check(access, Action.RUN_SCORING)
    run = run_of(design, run_id)
    with transaction.atomic():
        if end_run(run, ScoreRun.Status.CANCELLED):
            _stop_jobs(run)
            tell(run, "score.cancelled")
    run.refresh_from_db()
    if run.status != ScoreRun.Status.CANCELLED:
        raise Conflict(NO_LONGER.format(status=run.status))
    return run


def cancel_under_way(design_id: UUID) -> None:
    """All of them: what they stood on was taken back."""
    for run in ScoreRun.objects.filter(design=design_id, status__in=UNDER_WAY):
        with transaction.atomic():
            if end_run(run, ScoreRun.Status.CANCELLED):
                _stop_jobs(run)
                tell(run, "score.cancelled")


def on_failed(job: Job) -> None:
    """Called once when a job of a run was given up: the run is, then."""
    run = ScoreRun.objects.filter(id=str(job.payload["run"])).first()
    if run is None or run.generation != generation_of(job):
        return
    if end_run(run, ScoreRun.Status.FAILED, reason=job.reason):
        _stop_jobs(run)
        tell(run, "score.failed", {"reason": job.reason})


def end_run(run: ScoreRun, status: ScoreRun.Status, **fields: object) -> bool:
    """Once: whoever comes first. Jobs that are left find that it is over."""
    under_way = ScoreRun.objects.filter(id=run.id, generation=run.generation, status__in=UNDER_WAY)
    return bool(under_way.update(status=status, finished_at=timezone.now(), **fields))


def _stop_jobs(run: ScoreRun) -> None:
    """After the commit: in it, a lock on all of them would wait for who holds one of them and
    waits for the run."""
    prefix = job_key(run, "")
    left = Job.objects.filter(subject=run.design_id, key__startswith=prefix)
    transaction.on_commit(partial(queue.cancel, left), robust=True)


def generation_of(job: Job) -> int:
    return int(str(job.payload.get("generation", 0)))


def job_key(run: ScoreRun, part: str) -> str:
    return f"score:{run.id}:{run.generation}:{part}"


def tell(run: ScoreRun, event: str, body: JsonObject | None = None) -> None:
    """Scores are for interviewers; the candidate's browser never hears of them."""
    publish(run.design_id, Audience.INTERVIEWERS, event, {"run": str(run.id), **(body or {})})


def _run_for(design: DesignSession, document: DesignDocument, seq: int) -> tuple[ScoreRun, bool]:
    pack, chosen, model = rubric_pinned_by(design), engine(), model_in_use()
    steps: Any = pack.data["steps"]
    return ScoreRun.objects.get_or_create(
        design=design,
        seq=seq,
        rubric_id=pack.id,
        rubric_sha256=pack.sha256,
        engine_id=chosen.id,
        engine_version=chosen.version,
        channels="+".join(BOTH if model else LEXICAL),
        model_sha256=model or "",
        defaults={
            "document": as_played(document, pack),
            "rubric_version": pack.version,
            "total_steps": len(steps),
        },
    )


def _begin_anew(run: ScoreRun) -> bool:
    """A failed or cancelled run, with jobs of its own: those of before change nothing any more."""
    over = (ScoreRun.Status.FAILED, ScoreRun.Status.CANCELLED)
    changed = ScoreRun.objects.filter(id=run.id, status__in=over).update(
        status=ScoreRun.Status.QUEUED,
        generation=F("generation") + 1,
        reason="",
        done_steps=0,
        tries_lost=0,
        finished_at=None,
    )
    if changed:
        run.refresh_from_db()
    return bool(changed)
