"""What is stored about a candidate, for whom answers for it: the owner or an administrator."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from apps.accounts.middleware import actor_of
from apps.audit.models import AuditEntry
from apps.core.permissions import Action
from apps.designs.domain.access import open_design
from apps.designs.rules import can
from apps.interviews.domain.finding import interview_of
from apps.interviews.domain.privacy.erasure import interviews_of_candidate, request_erasure
from apps.interviews.domain.privacy.export import MEDIA_TYPE, Contents, export_candidate
from apps.interviews.domain.privacy.holdings import holdings_of
from apps.interviews.domain.privacy.notices import notice_of
from apps.interviews.domain.privacy.retention import announced_for, rule_for
from apps.web.privacy.entries import entry_rows

SHOWN = 50  # entries of the audit log


@require_GET
def privacy(request: HttpRequest, design_id: UUID) -> HttpResponse:
    design, access = open_design(actor_of(request), design_id, Action.ERASE)
    interview = interview_of(design_id)
    entries = AuditEntry.objects.filter(design_id=design_id).order_by("-at")[:SHOWN]
    context = {
        "design": design,
        "interview": interview,
        "notice": notice_of(interview),
        "consents": interview.consents.select_related("participant"),
        "holdings": holdings_of(interview),
        "erases_at": announced_for(interview),
        "rule": rule_for(interview),
        "others": interviews_of_candidate(interview).exclude(pk=interview.pk).count(),
        "entries": entry_rows(entries) if can(access, Action.READ_AUDIT) else [],
        "section": "sessions",
    }
    return _private(render(request, "privacy/candidate.html", context))


@require_POST
def export(request: HttpRequest, design_id: UUID) -> HttpResponse:
    _, access = open_design(actor_of(request), design_id, Action.ERASE)
    contents = Contents(scores="scores" in request.POST, notes="notes" in request.POST)
    body = export_candidate(interview_of(design_id), access, contents)
    response = HttpResponse(body, content_type=MEDIA_TYPE)
    response.headers["Content-Disposition"] = 'attachment; filename="candidate.zip"'
    return _private(response)


@require_POST
def erase(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """This interview, or all of the candidate's that the same people answer for."""
    _, access = open_design(actor_of(request), design_id, Action.ERASE)
    interview = interview_of(design_id)
    all_of_them = interviews_of_candidate(interview) if "all" in request.POST else [interview]
    for one in all_of_them:
        _, access = open_design(actor_of(request), one.pk, Action.ERASE)
        request_erasure(one, access.participant_id, access.name)
    messages.success(request, "The candidate is being erased. It takes a few seconds.")
    return redirect("home")


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response
