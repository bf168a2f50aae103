"""How is a design scored behind the request? A run is asked for, carried out step by step, told.

Asking again for the same state of the design, rubric and engine gives the same run.
"""

from contextlib import suppress

from django.db import transaction
from django.utils import timezone

from apps.content.domain import library
from apps.content.types import Problem, RubricPack
from apps.core.errors import Invalid, NotFound
from apps.core.events import Audience, publish
from apps.core.jobs import queue
from apps.core.jobs.lease import Lease
from apps.core.jobs.registry import JobFailed
from apps.core.json import JsonObject
from apps.core.models import Job
from apps.core.permissions import Action
from apps.designs.document.types import DesignDocument
from apps.designs.models import DesignSession
from apps.designs.rules import Access, check
from apps.scoring.domain.engines import compiled, engine
from apps.scoring.models import ScoreRun

JOB_KIND = "score"


def request_run(
    design: DesignSession, document: DesignDocument, seq: int, access: Access | None
) -> ScoreRun:
    """The run over this state of the design, queued if there is none. A failed one is tried anew.

    Raises NotFound if the asker may not score.
    """
    check(access, Action.RUN_SCORING)
    with transaction.atomic():
        run, is_new = _run_for(design, document, seq)
        if is_new or _reset_failed(run):
            queue.enqueue(JOB_KIND, design.id, {"run": str(run.id)}, key=f"score:{run.id}")
            _tell(run, "score.queued")
    return run


def rubric_pinned_by(design: DesignSession) -> RubricPack:
    """The version that the session began with; sessions from before versions were kept go by the
    newest."""
    with suppress(NotFound):
        return library.rubric_at(design.rubric_id, design.rubric_version)
    return library.rubric_for(design.flow_id, design.problem_id)


def latest_run(design: DesignSession, rubric_id: str) -> ScoreRun | None:
    runs = ScoreRun.objects.filter(design=design, rubric_id=rubric_id)
    return runs.order_by("-created_at").first()


def handle(job: Job, lease: Lease) -> JsonObject:
    """Carries out a run. May be called again after a crash: it then starts from the first step."""
    run = ScoreRun.objects.filter(id=str(job.payload["run"])).first()
    if run is None:
        raise JobFailed("The design was deleted before it could be scored.")
    if run.status != ScoreRun.Status.DONE:
        _carry_out(run, lease)
    return {"run": str(run.id)}


def on_failed(job: Job) -> None:
    """Called once when the job was given up."""
    run = ScoreRun.objects.filter(id=str(job.payload["run"])).first()
    if run is None or run.status == ScoreRun.Status.DONE:
        return
    _save(run, status=ScoreRun.Status.FAILED, reason=job.reason, finished_at=timezone.now())
    _tell(run, "score.failed", {"reason": run.reason})


def _run_for(design: DesignSession, document: DesignDocument, seq: int) -> tuple[ScoreRun, bool]:
    pack, chosen = rubric_pinned_by(design), engine()
    return ScoreRun.objects.get_or_create(
        design=design,
        seq=seq,
        rubric_id=pack.id,
        rubric_sha256=pack.sha256,
        engine_id=chosen.id,
        engine_version=chosen.version,
        defaults={
            "document": document,
            "rubric_version": pack.version,
            "total_steps": len(compiled(pack).steps),
        },
    )


def _reset_failed(run: ScoreRun) -> bool:
    failed = ScoreRun.objects.filter(id=run.id, status=ScoreRun.Status.FAILED)
    changed = failed.update(
        status=ScoreRun.Status.QUEUED, reason="", done_steps=0, finished_at=None
    )
    if changed:
        run.refresh_from_db()
    return bool(changed)


def _carry_out(run: ScoreRun, lease: Lease) -> None:
    rubric = library.rubric_at(run.rubric_id, run.rubric_version)
    scoring = engine(run.engine_id).start(run.document, rubric, _problem_of(run))
    _save(run, status=ScoreRun.Status.RUNNING, done_steps=0)
    for done, (step, result) in enumerate(scoring.steps(), start=1):
        lease.renew()
        _save(run, done_steps=done)
        _tell(
            run,
            "score.progress",
            {"done": done, "total": run.total_steps, "step": step, "result": result},
        )
    reply = scoring.reply()
    _save(run, status=ScoreRun.Status.DONE, result=reply, finished_at=timezone.now())
    _tell(run, "score.done")


def _problem_of(run: ScoreRun) -> Problem | None:
    asked = run.document.get("problem")
    # Invalid: an older program's form of a problem, which this one cannot read.
    with suppress(NotFound, Invalid):
        return library.problem_at(asked["id"], asked["version"]) if asked else None
    return None


def _save(run: ScoreRun, **fields: object) -> None:
    for name, value in fields.items():
        setattr(run, name, value)
    run.save(update_fields=list(fields))


def _tell(run: ScoreRun, event: str, body: JsonObject | None = None) -> None:
    """Scores are for interviewers; the candidate's browser never hears of them."""
    publish(run.design_id, Audience.INTERVIEWERS, event, {"run": str(run.id), **(body or {})})
