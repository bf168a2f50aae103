"""What is told to webhooks, and how a delivery is made.

Told are ids and titles, and nothing else: no name, no address, no verdict, no score, no note. Who
is called and wants more asks the product for it, which knows their rights.
"""

import json
from datetime import UTC
from uuid import UUID

from django.conf import settings

from apps.core import clock
from apps.core.jobs.lease import Lease
from apps.core.json import JsonObject
from apps.core.models import Job
from apps.interviews.models import Interview
from apps.notifications.calling.posting import NotDelivered, post
from apps.notifications.calling.signing import headers
from apps.notifications.calling.targets import Refused, find_target
from apps.notifications.domain.attempts import drop, enqueue_attempt, failed, is_due, succeeded
from apps.notifications.domain.webhooks import find, secret_of
from apps.notifications.models import Delivery, Webhook
from apps.teams.models import Membership

TEST = "webhook.test"


def announce(kind: str, interview: Interview, **ids: UUID) -> None:
    """To every webhook of the interview's team, once the transaction is through."""
    organisation_id = interview.design.organisation_id
    if not settings.WEBHOOKS or organisation_id is None:
        return
    data = _about(interview) | {name: str(id_) for name, id_ in ids.items()}
    for webhook in Webhook.objects.filter(organisation_id=organisation_id, is_enabled=True):
        _create(webhook, kind, data, interview.design_id)


def send_test(by: Membership, webhook_id: UUID) -> Delivery:
    webhook = find(by, webhook_id)
    return _create(webhook, TEST, {"organisation": str(webhook.organisation_id)}, None)


def deliver(job: Job, _lease: Lease) -> JsonObject:
    """One try. A job that comes twice finds that it was done."""
    assert job.subject is not None  # its delivery
    delivery = Delivery.objects.select_related("webhook").filter(pk=job.subject).first()
    if delivery is None or not is_due(delivery):
        return {}
    if not settings.WEBHOOKS or not delivery.webhook.is_enabled:
        drop(delivery)
        return {}
    try:
        delivery.answered = _call(delivery)
    except NotDelivered as error:
        delivery.answered = error.status
        failed(delivery, str(error))
    except Refused as error:
        # Looked up again at each try, as a name may be repaired meanwhile.
        failed(delivery, str(error))
    else:
        succeeded(delivery)
    return {}


def forget(interview_id: UUID) -> None:
    """Titles may name a candidate."""
    Delivery.objects.filter(interview_id=interview_id).delete()


def _create(webhook: Webhook, kind: str, data: JsonObject, interview_id: UUID | None) -> Delivery:
    now = clock.now()
    timestamp = now.astimezone(UTC).isoformat(timespec="seconds")
    body = json.dumps({"type": kind, "timestamp": timestamp, "data": data}, ensure_ascii=False)
    delivery = Delivery.objects.create(
        webhook=webhook,
        kind=kind,
        interview_id=interview_id,
        body=body,
        created_at=now,
        next_at=now,
    )
    enqueue_attempt(delivery)
    return delivery


def _about(interview: Interview) -> JsonObject:
    design = interview.design
    return {
        "interview": str(design.id),
        "title": design.title,
        "problem": design.problem_id,
        "problem_title": design.problem_title,
        "organisation": str(design.organisation_id),
    }


def _call(delivery: Delivery) -> int:
    target = find_target(delivery.webhook.url, allow_http=settings.WEBHOOKS_HTTP)
    body = delivery.body.encode()
    timestamp = int(clock.now().timestamp())
    signed = headers(secret_of(delivery.webhook), str(delivery.id), timestamp, body)
    return post(target, body, signed)
