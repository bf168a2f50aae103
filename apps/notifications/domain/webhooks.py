"""How a team keeps its webhooks: add, give a new secret, turn off and on, remove."""

import hashlib
import hmac
from uuid import UUID

from django.conf import settings
from django.db import transaction

from apps.core import clock
from apps.core.errors import Conflict, Fault, Invalid, NotFound
from apps.notifications.calling.signing import written_secret
from apps.notifications.calling.targets import Refused, check_url
from apps.notifications.models import Webhook
from apps.teams.domain.recording import record
from apps.teams.models import Membership
from apps.teams.rules import RULES, TeamAction

MOST = 10


def add(by: Membership, url: str) -> tuple[Webhook, str]:
    """The webhook and its secret, shown this once. Raises Invalid, Conflict."""
    _check_may(by)
    try:
        check_url(url, allow_http=settings.WEBHOOKS_HTTP)
    except Refused as error:
        raise Invalid(str(error), [Fault("$.url", str(error))]) from error
    with transaction.atomic():
        rows = Webhook.objects.select_for_update().filter(organisation=by.organisation)
        if rows.filter(url=url).exists():
            raise Conflict("The team calls this address already.")
        if rows.count() >= MOST:
            raise Conflict(f"A team has {MOST} webhooks at most.")
        webhook = Webhook.objects.create(
            organisation=by.organisation, url=url, created_by=by.user, created_at=clock.now()
        )
        _record("added", by, webhook)
    return webhook, written_secret(secret_of(webhook))


def rotate(by: Membership, webhook_id: UUID) -> str:
    """A new secret, shown this once. The old one signs nothing from now on."""
    webhook = find(by, webhook_id)
    webhook.generation += 1
    with transaction.atomic():
        webhook.save(update_fields=["generation"])
        _record("rotated", by, webhook)
    return written_secret(secret_of(webhook))


def enable(by: Membership, webhook_id: UUID, *, enabled: bool) -> None:
    webhook = find(by, webhook_id)
    webhook.is_enabled = enabled
    with transaction.atomic():
        webhook.save(update_fields=["is_enabled"])
        _record("enabled" if enabled else "disabled", by, webhook)


def remove(by: Membership, webhook_id: UUID) -> None:
    """With its deliveries."""
    webhook = find(by, webhook_id)
    with transaction.atomic():
        _record("removed", by, webhook)
        webhook.delete()


def find(by: Membership, webhook_id: UUID) -> Webhook:
    """Of the member's own team only. Raises NotFound."""
    _check_may(by)
    webhook = Webhook.objects.filter(organisation=by.organisation, id=webhook_id).first()
    if webhook is None:
        raise NotFound("There is no such webhook.")
    return webhook


def secret_of(webhook: Webhook) -> bytes:
    """256 bits that only this server can work out."""
    about = f"webhook:{webhook.id}:{webhook.generation}"
    return hmac.digest(settings.SECRET_KEY.encode(), about.encode(), hashlib.sha256)


def _check_may(by: Membership) -> None:
    """Raises NotFound, as for a team that does not exist."""
    is_member = by.ended_at is None and by.role in RULES[TeamAction.MANAGE]
    if not settings.WEBHOOKS or not is_member:
        raise NotFound("There is no such page.")


def _record(what: str, by: Membership, webhook: Webhook) -> None:
    details = {"webhook": str(webhook.id)}
    record(f"team.webhook_{what}", by.user, by.organisation, details)
