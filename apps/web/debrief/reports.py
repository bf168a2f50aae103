"""Pages of reports: the interviewers', and the one that a candidate is given."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from apps.core.errors import Conflict, Invalid
from apps.core.permissions import Action
from apps.designs.domain.links import DeadLink
from apps.designs.rules import can
from apps.interviews.domain.queries.panel_rows import panel_of
from apps.interviews.models import ReleasedReport
from apps.interviews.reports import candidate_report
from apps.interviews.reports.candidate_report import Release, items_to_release
from apps.interviews.reports.panel_report import Choice, panel_report
from apps.web import limiter
from apps.web.debrief.debrief import opened

GRANTS_KEY = "reports"
OPTIONS = {
    "levels": "Levels",
    "reasons": "Reasons",
    "evidence": "Evidence",
    "names": "Names of the interviewers",
    "verdict": "The decision",
}


@require_GET
def report(request: HttpRequest, design_id: UUID) -> HttpResponse:
    interview, access = opened(request, design_id, Action.EXPORT_RECORD)
    choice = choice_of(request)
    if choice.private_notes and not can(access, Action.READ_PRIVATE):
        choice = replace(choice, private_notes=False)
    try:
        made = panel_report(interview, access, choice)
    except Conflict as refused:
        messages.error(request, str(refused))
        return redirect("debrief", design_id)
    context = {
        "design": interview.design,
        "report": made,
        "choice": choice,
        "may_print_private": can(access, Action.READ_PRIVATE),
        "section": "interviews",
    }
    return render(request, "debrief/report.html", context)


def choice_of(request: HttpRequest) -> Choice:
    """From the address: private notes only if ticked."""
    asked = request.GET
    return Choice(
        notes=asked.get("notes", "1") == "1", private_notes=asked.get("private_notes") == "1"
    )


def release(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """Choose what to release. A new link's address is shown this once."""
    interview, access = opened(request, design_id, Action.RELEASE_REPORT)
    panel = panel_of(interview, access)
    address = ""
    if request.method == "POST":
        try:
            _, token = candidate_report.release(interview, access, _release_of(request))
            address = request.build_absolute_uri(reverse("open_report", args=[token]))
        except (Conflict, Invalid) as refused:
            messages.error(request, str(refused))
    context = {
        "design": interview.design,
        "items": items_to_release(panel) if panel.sees_peers else [],
        "options": OPTIONS.items(),
        "reports": ReleasedReport.objects.filter(interview=interview),
        "address": address,
        "sees_peers": panel.sees_peers,
        "section": "interviews",
    }
    response = render(request, "debrief/release.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
def revoke(request: HttpRequest, design_id: UUID, report_id: UUID) -> HttpResponse:
    interview, access = opened(request, design_id, Action.RELEASE_REPORT)
    candidate_report.revoke(interview, access, report_id)
    return redirect("release", design_id)


@require_GET
def open_report(request: HttpRequest, token: str) -> HttpResponse:
    """Exchanges the secret for a place in the session's cookie and leaves its address at once."""
    if limiter.is_guessing(request):
        raise DeadLink
    try:
        found = candidate_report.exchange(token)
    except DeadLink:
        limiter.note_failure(request)
        raise
    request.session[GRANTS_KEY] = [*request.session.get(GRANTS_KEY, [])[-9:], str(found.id)]
    response = redirect("released_report", found.id)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@require_GET
def released_report(request: HttpRequest, report_id: UUID) -> HttpResponse:
    if str(report_id) not in request.session.get(GRANTS_KEY, []):
        raise DeadLink
    found = candidate_report.open_released(report_id)
    return render(request, "debrief/released.html", {"report": found.body})


def _release_of(request: HttpRequest) -> Release:
    posted = request.POST
    ticked = {option: posted.get(option) == "1" for option in OPTIONS}
    return Release(items=posted.getlist("items"), message=posted.get("message", ""), **ticked)
