"""The webhooks of a team, for its administrators."""

from itertools import islice
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from apps.core.errors import Conflict, Invalid, NotFound
from apps.notifications.domain import deliveries, webhooks
from apps.notifications.models import Delivery, Webhook
from apps.teams.models import Membership
from apps.teams.rules import TeamAction
from apps.web.teams.access import for_members

SHOWN = 10  # deliveries of each webhook
READ = 200


@require_http_methods(["GET", "POST"])
@for_members(TeamAction.MANAGE)
def team_webhooks(request: HttpRequest, me: Membership) -> HttpResponse:
    """A POST adds one, and its answer alone shows the secret."""
    if not settings.WEBHOOKS:
        raise NotFound("There is no such page.")
    if request.method == "GET":
        return _page(request, me)
    url = request.POST.get("url", "").strip()
    try:
        webhook, secret = webhooks.add(me, url)
    except (Invalid, Conflict) as error:
        return _page(request, me, url=url, fault=str(error), status=400)
    return _page(request, me, fresh=webhook, secret=secret)


@require_POST
@for_members(TeamAction.MANAGE)
def rotate_webhook(request: HttpRequest, me: Membership, webhook_id: UUID) -> HttpResponse:
    """The answer alone shows the new secret."""
    secret = webhooks.rotate(me, webhook_id)
    return _page(request, me, fresh=webhooks.find(me, webhook_id), secret=secret)


@require_POST
@for_members(TeamAction.MANAGE)
def enable_webhook(request: HttpRequest, me: Membership, webhook_id: UUID) -> HttpResponse:
    webhooks.enable(me, webhook_id, enabled=request.POST.get("enabled") == "yes")
    return redirect("team_webhooks", me.organisation_id)


@require_POST
@for_members(TeamAction.MANAGE)
def remove_webhook(_request: HttpRequest, me: Membership, webhook_id: UUID) -> HttpResponse:
    webhooks.remove(me, webhook_id)
    return redirect("team_webhooks", me.organisation_id)


@require_POST
@for_members(TeamAction.MANAGE)
def test_webhook(request: HttpRequest, me: Membership, webhook_id: UUID) -> HttpResponse:
    deliveries.send_test(me, webhook_id)
    messages.success(request, "A test is on its way. Load the page again to see its answer.")
    return redirect("team_webhooks", me.organisation_id)


def _page(
    request: HttpRequest,
    me: Membership,
    *,
    url: str = "",
    fault: str = "",
    fresh: Webhook | None = None,
    secret: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "team": me.organisation,
        "rows": _rows(me),
        "most": webhooks.MOST,
        "url": url,
        "fault": fault,
        "fresh": fresh,
        "secret": secret,
        "section": "team",
    }
    response = render(request, "teams/webhooks.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _rows(me: Membership) -> list[tuple[Webhook, list[Delivery]]]:
    """Each with its newest deliveries, in two queries."""
    own = list(Webhook.objects.filter(organisation=me.organisation))
    newest = list(Delivery.objects.filter(webhook__in=own).order_by("-created_at")[:READ])
    return [
        (webhook, list(islice((one for one in newest if one.webhook_id == webhook.id), SHOWN)))
        for webhook in own
    ]
