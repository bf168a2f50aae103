"""When is something tried, and when again? After each failure later, until a limit."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TypeVar

from django.db.models import QuerySet

from apps.core import clock
from apps.core.jobs.queue import enqueue
from apps.notifications.models import Attempted, Delivery, Letter

# After the first failure, the second, and so on; after the last the thing is given up.
WAITS: Sequence[timedelta] = tuple(
    timedelta(minutes=minutes) for minutes in (1, 5, 30, 2 * 60, 8 * 60, 24 * 60)
)
BATCH = 100
_Row = TypeVar("_Row", bound=Attempted)
LETTER_JOB = "notifications.letter"
DELIVERY_JOB = "notifications.delivery"


def enqueue_attempt(row: Attempted) -> None:
    """One job an attempt, however often it is asked for."""
    kind = LETTER_JOB if isinstance(row, Letter) else DELIVERY_JOB
    enqueue(kind, row.id, {}, key=f"{kind}:{row.id}:{row.attempts}")


def enqueue_due() -> int:
    """Everything whose time has come; returns how much. Several processes may do so at once."""
    rows = [*_due(Letter.objects.all()), *_due(Delivery.objects.all())]
    for row in rows:
        enqueue_attempt(row)
    return len(rows)


def is_due(row: Attempted) -> bool:
    return row.status == Attempted.Status.WAITING and row.next_at <= clock.now()


def succeeded(row: Attempted) -> None:
    row.attempts += 1
    row.status, row.reason, row.sent_at = Attempted.Status.SENT, "", clock.now()
    row.save()


def failed(row: Attempted, reason: str) -> None:
    row.reason = reason[:200]
    if row.attempts < len(WAITS):
        row.next_at = clock.now() + WAITS[row.attempts]
    else:
        row.status = Attempted.Status.FAILED
    row.attempts += 1
    row.save()


def drop(row: Attempted) -> None:
    row.status = Attempted.Status.DROPPED
    row.save()


def _due(rows: QuerySet[_Row]) -> QuerySet[_Row]:
    due = rows.filter(status=Attempted.Status.WAITING, next_at__lte=clock.now())
    return due.order_by("next_at")[:BATCH]
