"""Gold sessions: rate a decided interview from its replay, then see how the panel rated it."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from apps.accounts.middleware import actor_of
from apps.core.permissions import Action
from apps.designs.domain.access import open_design
from apps.interviews.domain.finding import flow_of, interview_of
from apps.interviews.domain.gold import mark_blind, mark_gold
from apps.interviews.domain.queries.seats import SeatedInterview
from apps.interviews.domain.queries.training import (
    Compared,
    compared,
    could_be_gold,
    gold_sessions,
    training_cards,
)
from apps.interviews.models import ScoreCard
from apps.web.dashboards.names import candidate_of

ROWS_A_PAGE: Final = 25


@dataclass(frozen=True)
class Session:
    """rows: empty until the trainee's card is in. same, near: counts of them."""

    id: UUID
    problem: str
    candidate: str
    is_own: bool
    has_card: bool
    is_submitted: bool
    rows: list[tuple[str, Compared]]
    same: int
    near: int


@require_GET
def training(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    page = Paginator(gold_sessions(actor), ROWS_A_PAGE).get_page(request.GET.get("page"))
    cards = training_cards(actor, page)
    rows = compared(cards.values())
    context = {
        "page": page,
        "sessions": [_session(one, cards.get(one.pk), rows.get(one.pk, [])) for one in page],
        "choices": [
            {"id": one.pk, "candidate": _name(one), "problem": _problem(one)}
            for one in could_be_gold(actor)[:ROWS_A_PAGE]
        ],
        "section": "interviews",
    }
    response = render(request, "dashboards/training.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
def gold(request: HttpRequest, design_id: UUID) -> HttpResponse:
    _design, access = open_design(actor_of(request), design_id, Action.DECIDE)
    mark_gold(interview_of(design_id), access, is_gold=request.POST.get("gold") == "1")
    return redirect("training")


@require_POST
def blind(request: HttpRequest, design_id: UUID) -> HttpResponse:
    _design, access = open_design(actor_of(request), design_id, Action.MANAGE_SESSION)
    mark_blind(interview_of(design_id), access, is_blind=request.POST.get("blind") == "1")
    return redirect("my_interviews")


def _session(interview: SeatedInterview, card: ScoreCard | None, rows: list[Compared]) -> Session:
    flow = flow_of(interview.design)
    names = {step.id: step.name for step in flow.steps}
    order = {step.id: step.number for step in flow.steps}
    listed = sorted(rows, key=lambda row: order.get(row.item, 0))
    return Session(
        id=interview.pk,
        problem=_problem(interview),
        candidate=_name(interview),
        is_own=interview.is_own,
        has_card=card is not None,
        is_submitted=card is not None and card.status == ScoreCard.Status.SUBMITTED,
        rows=[(names.get(row.item, row.item), row) for row in listed],
        same=sum(row.is_same for row in rows),
        near=sum(row.is_near for row in rows),
    )


def _name(interview: SeatedInterview) -> str:
    return candidate_of(interview, getattr(interview.design, "people"))  # noqa: B009


def _problem(interview: SeatedInterview) -> str:
    return interview.design.problem_title or interview.design.title
