"""The interviews of one role, or on one problem."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from apps.accounts.middleware import actor_of
from apps.content.domain import library
from apps.core.errors import NotFound
from apps.interviews.domain.finding import flow_of, rubric_of
from apps.interviews.domain.queries import comparing
from apps.interviews.domain.queries.comparing import Comparison, Filters
from apps.interviews.domain.queries.seats import Panels
from apps.web.dashboards.addresses import address_with
from apps.web.dashboards.grid import (
    columns_of,
    expectations,
    grid_rows,
    spread_chart,
    totals_chart,
)
from apps.web.dashboards.names import VERDICTS
from apps.web.dashboards.paging import ROWS_A_PAGE, page_of


@require_GET
def roles(request: HttpRequest) -> HttpResponse:
    page = Paginator(comparing.roles_of(actor_of(request)), ROWS_A_PAGE)
    context = {"page": page.get_page(request.GET.get("page")), "section": "roles"}
    return render(request, "dashboards/roles.html", context)


@require_GET
def role(request: HttpRequest, slug: str) -> HttpResponse:
    interviews = comparing.of_role(actor_of(request), slug)
    compared = comparing.compare(interviews, _filters_of(request))
    if not compared.rubrics:
        raise NotFound("There is no such role among your interviews.")
    context = {"title": compared.position, "section": "roles", "is_role": True}
    return _page(request, interviews, compared, context)


@require_GET
def problem_interviews(request: HttpRequest, problem_id: str) -> HttpResponse:
    actor = actor_of(request)
    title = library.problem(problem_id, actor.user_id).title
    interviews = comparing.of_problem(actor, problem_id)
    context = {
        "title": title,
        "section": "problems",
        "problem_address": reverse("problem", args=[problem_id]),
    }
    return _page(request, interviews, comparing.compare(interviews, _filters_of(request)), context)


def _page(
    request: HttpRequest, interviews: Panels, compared: Comparison, context: dict[str, Any]
) -> HttpResponse:
    listed = [one.interview for one in compared.sessions]
    page = page_of(interviews, listed, request.GET.get("page"))
    context |= {
        "page": page,
        "filters": _filters_of(request),
        "compared": compared,
        "stages": compared.stages,
        "problems": compared.problems,
        "verdicts": [(one, words) for one, (words, _) in VERDICTS.items()],
        "is_table": request.GET.get("view") == "table",
        "grid_address": address_with(request, view=""),
        "table_address": address_with(request, view="table"),
        "page_address": address_with(request, page=""),
    }
    if page.object_list:
        context |= _charts(request, compared, list(page))
    response = render(request, "dashboards/comparing.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


def _charts(request: HttpRequest, compared: Comparison, shown: list[Any]) -> dict[str, Any]:
    design = shown[0].design
    flow, rubric = flow_of(design), rubric_of(design)
    columns = columns_of(flow)
    means = comparing.panel_means(shown)
    return {
        "columns": columns,
        "rows": grid_rows(actor_of(request), shown, columns, means),
        "spread": spread_chart(compared.sessions, columns),
        "totals": totals_chart(compared.sessions, rubric),
        "expected": expectations(shown, rubric, flow, means),
    }


def _filters_of(request: HttpRequest) -> Filters:
    asked = request.GET
    return Filters(
        rubric=asked.get("rubric", ""),
        problem=asked.get("problem", ""),
        verdict=asked.get("verdict", ""),
        is_panel=asked.get("panel") == "1",
        is_covered=asked.get("covered") == "1",
    )
