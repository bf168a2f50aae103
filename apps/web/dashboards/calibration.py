"""Is the bar the same for everybody, and does the machine agree? One page of figures."""

from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from apps.accounts.middleware import actor_of
from apps.content import registry
from apps.content.domain import library
from apps.interviews.domain.queries.calibration import (
    Calibration,
    Chosen,
    calibration,
    contents,
    double_rated,
)
from apps.interviews.statistics.report import (
    ALL,
    MIN_SESSIONS,
    VALID_KAPPA,
    VALID_SESSIONS,
    ItemRow,
)
from apps.web.dashboards.addresses import address_with

# A rater who is further off than this is named strict or lenient.
NOTICEABLE: Final = 0.2
DRIFTING: Final = 0.2


@require_GET
def calibrating(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    found = contents(double_rated(actor))
    context: dict[str, Any] = {
        "section": "calibration",
        "needed": MIN_SESSIONS,
        "valid_sessions": VALID_SESSIONS,
        "is_table": request.GET.get("view") == "table",
        "chart_address": address_with(request, view=""),
        "table_address": address_with(request, view="table"),
    }
    if rubrics := found.rubrics:
        named = [one for one in rubrics if "@".join(one) == request.GET.get("rubric")]
        chosen = Chosen(
            (named or rubrics)[0], request.GET.get("problem", ""), request.GET.get("rater", "")
        )
        context |= _figures(calibration(actor, chosen, _steps(chosen), found.count(chosen)), chosen)
        context |= {
            "rubrics": rubrics,
            "left_out": len(rubrics) - 1,
            "problems": found.problems,
            "chosen": chosen,
        }
    response = render(request, "dashboards/calibration.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


def _steps(chosen: Chosen) -> list[str]:
    data: Any = library.rubric_at(*chosen.rubric).data
    return [step["id"] for step in data["steps"]]


def _figures(found: Calibration, chosen: Chosen) -> dict[str, Any]:
    report = found.report
    names = _names(chosen)
    rows = [{"name": names.get(row.item, row.item), "row": row} for row in report.rows]
    return {
        "report": report,
        "engine": found.engines[0] if found.engines else "",
        "older": found.left_out,
        "progress": min(100, 100 * report.sessions // VALID_SESSIONS),
        "rows": rows,
        "raters": [_rater(one, found) for one in report.raters],
        "rater_names": sorted((key, one.name) for key, one in found.raters.items()),
        "confusion": _confusion(report.confusion),
        "drifting": _drifting(found),
        "charts": {
            "forest": _forest(names, report.rows),
            "drift": _drift(found),
        },
    }


def _names(chosen: Chosen) -> dict[str, str]:
    rubric_id, _ = chosen.rubric
    flows = (flow for flow in registry.flows() if flow.rubric == rubric_id)
    steps = next((flow.steps for flow in flows), ())
    return {ALL: "All steps"} | {step.id: step.name for step in steps}


def _forest(names: dict[str, str], rows: list[ItemRow]) -> dict[str, Any]:
    return {
        "kind": "forest",
        "threshold": VALID_KAPPA,
        "rows": [
            {
                "name": names.get(row.item, row.item),
                "series": [
                    {"kappa": one.kappa, "interval": one.interval}
                    for one in (row.people, row.machine)
                ],
            }
            for row in rows
        ],
    }


def _face(found: Calibration, rater: str) -> dict[str, Any]:
    who = found.raters.get(rater)
    return {
        "name": who.name if who else "Somebody who left",
        "color": who.color if who else 6,
    }


def _rater(figures: Any, found: Calibration) -> dict[str, Any]:
    gap = figures.leniency or 0.0
    words = "even"
    if abs(gap) >= NOTICEABLE:
        words = f"{abs(gap):.1f} {'below' if gap < 0 else 'above'}"
    return {
        **_face(found, figures.rater),
        "figures": figures,
        "strictness": words,
        "is_off": words != "even",
        "months": list(figures.drift.items()),
    }


def _drift(found: Calibration) -> dict[str, Any]:
    months = sorted({month for one in found.report.raters for month in one.drift})
    return {
        "kind": "drift",
        "months": [_named(month) for month in months],
        "raters": [
            {
                **_face(found, one.rater),
                "values": [one.drift.get(month) for month in months],
            }
            for one in found.report.raters[:6]
        ],
    }


def _named(month: str) -> str:
    """2026-08 -> Aug 2026"""
    return datetime.strptime(month, "%Y-%m").strftime("%b %Y")  # noqa: DTZ007 a month has no zone


def _drifting(found: Calibration) -> str:
    """Who changed most between the first and the last month, if anybody did."""
    moved = []
    for one in found.report.raters:
        values = list(one.drift.values())
        if len(values) > 1 and abs(values[-1] - values[0]) >= DRIFTING:
            moved.append((values[-1] - values[0], one.rater))
    if not moved:
        return ""
    change, rater = max(moved, key=lambda pair: abs(pair[0]))
    name = found.raters[rater].name.split()[0] if rater in found.raters else "Somebody"
    return f"{name} is getting {'stricter' if change < 0 else 'more lenient'}"


def _confusion(counts: list[list[int]]) -> dict[str, Any]:
    total = sum(map(sum, counts))
    most = max(map(max, counts)) or 1
    levels = range(1, len(counts) + 1)
    rows = [
        {
            "level": row,
            "sum": sum(counts[row - 1]),
            "cells": [
                {
                    "count": counts[row - 1][column - 1],
                    "shade": round(10 * counts[row - 1][column - 1] / most),
                    "is_same": row == column,
                    "is_far": abs(row - column) > 1 and counts[row - 1][column - 1] > 0,
                }
                for column in levels
            ],
        }
        for row in levels
    ]
    apart = [(abs(i - j), counts[i][j]) for i in range(len(counts)) for j in range(len(counts))]
    return {
        "rows": rows,
        "levels": list(levels),
        "total": total,
        "same": 100 * sum(n for gap, n in apart if gap == 0) / total if total else None,
        "near": 100 * sum(n for gap, n in apart if gap <= 1) / total if total else None,
        "far": sum(n for gap, n in apart if gap > 1),
    }
