"""The debrief: what the panel thinks side by side, what to talk about, and the decision."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from apps.accounts.middleware import actor_of
from apps.core.errors import Conflict, Invalid
from apps.core.permissions import Action
from apps.designs.domain.access import open_design
from apps.designs.rules import Access, can
from apps.interviews.domain import debrief as notes
from apps.interviews.domain import decision
from apps.interviews.domain.cards import submitting
from apps.interviews.domain.cards.making import own_card
from apps.interviews.domain.finding import interview_of
from apps.interviews.domain.queries.arithmetic import arithmetic_of
from apps.interviews.domain.queries.evidence import drawer_of
from apps.interviews.domain.queries.panel_rows import Panel, note_what_is_shown, panel_of
from apps.interviews.domain.withholding import all_are_in, begun, decline_card
from apps.interviews.enums import Verdict
from apps.interviews.models import Interview
from apps.web.debrief.stages import stages_of

VIEWS = {"heat": "Heat map", "table": "Table"}


@require_GET
def page(request: HttpRequest, design_id: UUID) -> HttpResponse:
    interview, access = opened(request, design_id, Action.READ_PANEL)
    panel = panel_of(interview, access)
    note_what_is_shown(panel, access)
    view = request.GET.get("view", "heat")
    context = {
        "design": interview.design,
        "interview": interview,
        "panel": panel,
        "stages": stages_of(panel),
        "drawer": drawer_of(panel, access, request.GET.get("item", "")),
        "view": view if view in VIEWS else "heat",
        "arithmetic": arithmetic_of(panel) if panel.sees_peers else None,
        "may_decline": not panel.sees_peers and _may_decline(interview, access),
        "notes": _notes(panel),
        "verdicts": [(verdict.value, panel.words.bands[verdict]) for verdict in Verdict],
        "sign_offs": _sign_offs(panel),
        "may_decide": can(access, Action.DECIDE),
        "may_sign": _may_sign(panel, access),
        "may_export": can(access, Action.EXPORT_RECORD),
        "may_release": can(access, Action.RELEASE_REPORT),
        "socket": f"/ws/designs/{design_id}/events",
        "section": "interviews",
    }
    return render(request, "debrief/page.html", context)


@require_POST
def note(request: HttpRequest, design_id: UUID) -> HttpResponse:
    interview, access = opened(request, design_id, Action.READ_PANEL)
    item = request.POST.get("item", "")
    text = request.POST.get("text", "")
    return _after(request, interview, lambda: notes.write_note(interview, access, item, text))


@require_POST
def revise(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """The level of the posted item, or NE, on one's own card."""
    interview, access = opened(request, design_id, Action.RATE)
    said = request.POST.get("level", "")
    level = int(said) if said in {"1", "2", "3", "4"} else None
    item, reason = request.POST.get("item", ""), request.POST.get("reason", "")
    state = "" if level else said

    def change() -> object:
        card = own_card(interview, access)
        return submitting.revise(
            card, item, level=level, state=state, reason=reason, by_name=access.name
        )

    return _after(request, interview, change)


@require_POST
def decline(request: HttpRequest, design_id: UUID) -> HttpResponse:
    interview, access = opened(request, design_id, Action.RATE)
    return _after(request, interview, lambda: decline_card(interview, access))


@require_POST
def decide(request: HttpRequest, design_id: UUID) -> HttpResponse:
    interview, access = opened(request, design_id, Action.DECIDE)
    verdict, reason = request.POST.get("verdict", ""), request.POST.get("reason", "")
    return _after(request, interview, lambda: decision.decide(interview, access, verdict, reason))


@require_POST
def sign_off(request: HttpRequest, design_id: UUID) -> HttpResponse:
    interview, access = opened(request, design_id, Action.SIGN_OFF)
    return _after(request, interview, lambda: decision.sign_off(interview, access))


def opened(request: HttpRequest, design_id: UUID, action: Action) -> tuple[Interview, Access]:
    """Raises NotFound, also where there is a design and no interview."""
    _, access = open_design(actor_of(request), design_id, action)
    return interview_of(design_id), access


def _after(request: HttpRequest, interview: Interview, act: Callable[[], object]) -> HttpResponse:
    """Does it, and shows the page again; what could not be done is told there."""
    try:
        act()
    except (Conflict, Invalid) as refused:
        messages.error(request, str(refused))
    wanted = {
        key: request.POST[f"at_{key}"] for key in ("item", "view") if f"at_{key}" in request.POST
    }
    query = f"?{urlencode(wanted)}" if wanted else ""
    return redirect(reverse("debrief", args=[interview.design_id]) + query)


def _notes(panel: Panel) -> list[object]:
    """Those about the whole; the others are in the drawers of their items."""
    return list(panel.interview.debrief_notes.filter(item="")) if panel.sees_peers else []


def _sign_offs(panel: Panel) -> list[tuple[object, object]]:
    """Each rater, with when they signed off or None."""
    if panel.decision is None:
        return []
    signed = {str(row.participant_id): row.at for row in panel.decision.sign_offs.all()}
    return [(rater, signed.get(rater.id)) for rater in panel.raters]


def _may_sign(panel: Panel, access: Access) -> bool:
    if panel.decision is None or not can(access, Action.SIGN_OFF):
        return False
    signed = panel.decision.sign_offs.values_list("participant_id", flat=True)
    return access.participant_id not in signed


def _may_decline(interview: Interview, access: Access) -> bool:
    """All others are in, and the asker has not begun a card."""
    own = interview.cards.filter(rater_id=access.participant_id)
    return can(access, Action.RATE) and all_are_in(interview) and not begun(own).exists()
