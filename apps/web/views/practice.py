"""How is one's own practice going? For the owner of a practice session, and nobody else."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from apps.accounts.middleware import actor_of
from apps.core.errors import NotFound
from apps.core.permissions import Action
from apps.designs.domain.access import open_design
from apps.scoring.domain.queries.practice import is_own_practice, progress_of
from apps.web.flows import flow_of
from apps.web.progress_page import progress_page


@require_GET
def progress(request: HttpRequest, design_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    design, _ = open_design(actor, design_id, Action.READ_SCORES)
    if not is_own_practice(actor, design):
        raise NotFound("There is no such practice of yours.")
    shown = progress_page(progress_of(actor, design), flow_of(design), design.id)
    context = {"design": design, "progress": shown, "section": "sessions"}
    response = render(request, "pages/progress.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response
