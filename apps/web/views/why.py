"""Why is this score what it is? The stored trace of a run, as a page and as a file."""

import json
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from apps.accounts.middleware import actor_of
from apps.api.files import download
from apps.core.errors import NotFound
from apps.core.permissions import Action
from apps.designs.domain.access import open_design
from apps.designs.models import DesignSession
from apps.interviews.domain.withholding import check_machine
from apps.scoring.domain.queries.agreement import agreement_label
from apps.scoring.models import ScoreRun
from apps.web.why_page import rubric_of, why_page


@require_GET
def why(request: HttpRequest, design_id: UUID, run_id: UUID) -> HttpResponse:
    design, access = open_design(actor_of(request), design_id, Action.READ_SCORES)
    check_machine(design, access)
    run = _done_run(design, run_id)
    context = {
        "design": design,
        "run": run,
        "why": why_page(run),
        "validation": agreement_label(rubric_of(run), run),
        "section": "sessions",
    }
    return _private(render(request, "pages/why.html", context))


@require_GET
def trace_file(request: HttpRequest, design_id: UUID, run_id: UUID) -> HttpResponse:
    """All that was stored of the result, with the trace and what it was read from."""
    design, access = open_design(actor_of(request), design_id, Action.READ_SCORES)
    check_machine(design, access)
    run = _done_run(design, run_id)
    body = json.dumps(_stored(run), ensure_ascii=False, indent=2, sort_keys=True)
    return download(body.encode(), "application/json", f"{design.title} score", "json")


def _done_run(design: DesignSession, run_id: UUID) -> ScoreRun:
    """Raises NotFound for a run of another design, and for one without a result."""
    done = ScoreRun.objects.filter(design=design, status=ScoreRun.Status.DONE)
    run = done.filter(id=run_id).first()
    if run is None:
        raise NotFound("There is no such score of this session.")
    return run


def _stored(run: ScoreRun) -> dict[str, object]:
    return {
        "run": str(run.id),
        "seq": run.seq,
        "created_at": run.created_at.isoformat(),
        "rubric": {
            "id": run.rubric_id,
            "version": run.rubric_version,
            "sha256": run.rubric_sha256,
        },
        "engine": {"id": run.engine_id, "version": run.engine_version},
        "channels": run.channels.split("+"),
        "input_hash": run.input_hash,
        "document": run.document,
        "result": run.result,
    }


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response
