"""What everybody may read before an interview: flows, rubrics, components, drills, coverage."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from apps.accounts.middleware import actor_of
from apps.content import registry
from apps.content.audience import for_candidates
from apps.content.coverage import coverage_of
from apps.content.domain import library
from apps.core.errors import NotFound
from apps.designs.domain.keys import may_read_all_keys
from apps.scoring.agreement.table import facts_of, tables_of
from apps.scoring.agreement.validation import KAPPA_ABOVE, MIN_DOUBLE_RATED
from apps.scoring.domain.queries.agreement import latest_evaluation
from apps.web.handbook import components_by_category, rubric_page


@require_GET
def handbook(_request: HttpRequest) -> HttpResponse:
    return redirect("handbook_flow", registry.DEFAULT_FLOW)


@require_GET
def flow(request: HttpRequest, flow_id: str) -> HttpResponse:
    return _page(request, "flow", {"page": flow_id, "flow": registry.flow(flow_id)})


@require_GET
def rubric(request: HttpRequest, rubric_id: str) -> HttpResponse:
    """The published bar: what is asked, what each level means, how much it weighs."""
    shown = rubric_page(registry.rubric(rubric_id))
    return _page(request, "rubric", {"page": rubric_id, "rubric": shown})


@require_GET
def components(request: HttpRequest) -> HttpResponse:
    categories = components_by_category(registry.catalogue())
    return _page(request, "components", {"categories": categories})


@require_GET
def drill(request: HttpRequest, drill_id: str) -> HttpResponse:
    """The topic and its task; what a good answer says is for interviewers."""
    whole = registry.drill(drill_id)
    shows_keys = may_read_all_keys(actor_of(request))
    known = {problem.id: problem for problem in library.problems()}
    context = {
        "page": drill_id,
        "drill": whole if shows_keys else for_candidates(whole),
        "shows_keys": shows_keys,
        "problems": [known[name] for name in whole.problems if name in known],
    }
    return _page(request, "drill", context)


@require_GET
def coverage(request: HttpRequest) -> HttpResponse:
    """Where each point of the outline that the flow grew from is in the content."""
    return _page(request, "coverage", {"coverage": coverage_of()})


@require_GET
def agreement(request: HttpRequest) -> HttpResponse:
    """How far the engine agrees with people. Not there for candidates, as scores are not."""
    if not may_read_all_keys(actor_of(request)):
        raise NotFound("There is no such page.")
    evaluation = latest_evaluation()
    context = {
        "evaluation": evaluation,
        "facts": facts_of(evaluation.report) if evaluation else [],
        "tables": tables_of(evaluation.report) if evaluation else [],
        "sessions_needed": MIN_DOUBLE_RATED,
        "kappa_needed": KAPPA_ABOVE,
    }
    return _page(request, "agreement", context)


def _page(request: HttpRequest, kind: str, context: Mapping[str, object]) -> HttpResponse:
    around = {
        "section": "handbook",
        "kind": kind,
        "flows": registry.flows(),
        "rubrics": registry.rubrics(),
        "drills": registry.drills(),
        "shows_agreement": may_read_all_keys(actor_of(request)),
    }
    return render(request, f"handbook/{kind}.html", {**around, **context})
