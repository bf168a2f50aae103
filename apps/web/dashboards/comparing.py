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
    actor = actor_of(request)
    found = next((one for one in comparing.roles_of(actor) if one.slug == slug), None)
    if found is None:
        raise NotFound("There is no such role among your interviews.")
    context = {"title": found.name, "section": "roles", "is_role": True}
    return _page(request, comparing.of_role(actor, found), context)


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
    return _page(request, interviews, context)


def _page(request: HttpRequest, all_of: Panels, context: dict[str, Any]) -> HttpResponse:
    filters = _filters_of(request)
    compared = comparing.compare(all_of, filters)
    rows = comparing.in_rows(compared.interviews)
    page = page_of(rows, request.GET.get("page"), compared.count)
    context |= {
        "page": page,
        "filters": filters,
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
    return {
        "columns": columns,
        "rows": grid_rows(actor_of(request), shown, columns),
        "spread": spread_chart(compared.interviews, columns),
        "totals": totals_chart(compared.interviews, rubric),
        "expected": expectations(shown, rubric, flow),
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
