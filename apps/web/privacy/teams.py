"""A team's audit log, retention rule and score rates, for its administrators."""

import csv
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from apps.audit.domain import chain_name, record, verify_newest
from apps.audit.models import AuditEntry, Chain
from apps.interviews.domain.privacy import retention as rules
from apps.interviews.domain.privacy.groups import SMALLEST, Rate, score_rates
from apps.interviews.models import Interview
from apps.teams.models import Membership
from apps.teams.rules import TeamAction
from apps.web.privacy.entries import entry_rows
from apps.web.teams.access import for_members

PAGE = 100  # entries
COLUMNS = ("by", "group", "people", "above_median", "scoring_rate", "impact_ratio")


class RetentionForm(forms.Form):
    months = forms.IntegerField(min_value=0, max_value=240)
    warns_days = forms.IntegerField(min_value=0, max_value=365)
    keeps_statistics = forms.BooleanField(required=False)


@require_GET
@for_members(TeamAction.MANAGE)
def audit(request: HttpRequest, me: Membership) -> HttpResponse:
    """Newest first; ?before= is the number of the entry to go on from."""
    chain = chain_name(me.organisation_id)
    entries = AuditEntry.objects.filter(chain_id=chain).order_by("-seq")
    before = request.GET.get("before", "")
    if before.isdecimal():
        entries = entries.filter(seq__lt=int(before))
    rows = entry_rows(entries[:PAGE])
    context = {
        "team": me.organisation,
        "entries": rows,
        "next": rows[-1].seq if len(rows) == PAGE else None,
        "verdict": verify_newest(chain),
        "chain": Chain.objects.filter(name=chain).first(),
        "section": "team",
    }
    return _private(render(request, "privacy/audit.html", context))


@require_http_methods(["GET", "POST"])
@for_members(TeamAction.MANAGE)
def retention(request: HttpRequest, me: Membership) -> HttpResponse:
    rule = rules.rule_of(me.organisation_id)
    form = RetentionForm(request.POST or None, initial=vars(rule))
    if request.method == "POST" and form.is_valid():
        new = rules.Rule(**form.cleaned_data)
        rules.set_rule(me.organisation_id, new, me.user_id, me.user.display_name)
        messages.success(request, "The rule holds from now on.")
        return redirect("team_retention", me.organisation_id)
    context = {"team": me.organisation, "form": form, "rule": rule, "section": "team"}
    return render(request, "privacy/retention.html", context, status=400 if form.is_bound else 200)


@require_GET
@for_members(TeamAction.MANAGE)
def score_rates_page(request: HttpRequest, me: Membership) -> HttpResponse:
    context = {
        "team": me.organisation,
        "rates": _rates(me.organisation_id),
        "smallest": SMALLEST,
        "section": "team",
    }
    return _private(render(request, "privacy/score_rates.html", context))


@require_GET
@for_members(TeamAction.MANAGE)
def score_rates_csv(_request: HttpRequest, me: Membership) -> HttpResponse:
    """The product's own words and numbers only, so no cell can hold a formula."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="score-rates.csv"'
    writer = csv.writer(response)
    writer.writerow(COLUMNS)
    for rate in _rates(me.organisation_id):
        writer.writerow([_cell(getattr(rate, column)) for column in COLUMNS])
    record(
        "score_rates.exported",
        actor_id=me.user_id,
        actor_name=me.user.display_name,
        organisation_id=me.organisation_id,
    )
    return _private(response)


def _rates(organisation_id: UUID) -> list[Rate]:
    return score_rates(Interview.objects.filter(design__organisation_id=organisation_id))


def _cell(value: str | int | float | None) -> str:
    if value is None:
        return ""
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response
