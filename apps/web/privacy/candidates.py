"""A candidate's own page: what they were told and agreed to, and the groups they may name."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.accounts.middleware import actor_of
from apps.core.errors import NotFound
from apps.core.permissions import Action, Role
from apps.designs.domain.access import open_design
from apps.designs.models import Participant
from apps.interviews.domain.finding import interview_of
from apps.interviews.domain.privacy import groups
from apps.interviews.domain.privacy.notices import consent_of, notice_of, withdraw_consent
from apps.interviews.models import Interview


@require_GET
def my_data(request: HttpRequest, design_id: UUID) -> HttpResponse:
    interview, me = _opened(request, design_id)
    context = {
        "design": interview.design,
        "notice": notice_of(interview),
        "consent": consent_of(interview, me),
    }
    return render(request, "privacy/my_data.html", context)


@require_POST
def withdraw(request: HttpRequest, design_id: UUID) -> HttpResponse:
    interview, me = _opened(request, design_id)
    withdraw_consent(interview, me)
    messages.success(request, "Your consent is withdrawn.")
    return redirect("my_data", design_id)


@require_http_methods(["GET", "POST"])
def groups_page(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """It never shows what was answered before: nobody who sits down here later reads it."""
    interview, _ = _opened(request, design_id)
    if request.method == "POST":
        try:
            groups.save_answer(
                design_id, request.POST.get("sex", ""), request.POST.get("ethnicity", "")
            )
        except ValueError as error:
            raise NotFound("There is no such group.") from error
        messages.success(request, "Thank you. Your answer is kept apart from your interview.")
        return redirect("my_data", design_id)
    context = {
        "design": interview.design,
        "sexes": groups.SEXES.items(),
        "ethnicities": groups.ETHNICITIES.items(),
    }
    return render(request, "privacy/groups.html", context)


def _opened(request: HttpRequest, design_id: UUID) -> tuple[Interview, Participant]:
    """Raises NotFound for anybody but the candidate."""
    design, access = open_design(actor_of(request), design_id, Action.VIEW_BRIEF)
    if access.role != Role.CANDIDATE or access.participant_id is None:
        raise NotFound("There is no such page.")
    return interview_of(design_id), design.participants.get(id=access.participant_id)
