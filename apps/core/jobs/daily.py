"""Work that is done once a day, by whichever process comes first."""

from datetime import date

from django.utils import timezone

from apps.core.jobs import queue

_kinds: set[str] = set()
_asked_on: dict[str, date] = {}  # by this process; the job's key keeps others from doing it again


def every_day(kind: str) -> None:
    """The handler is registered as for all work (`registry`)."""
    _kinds.add(kind)


def enqueue_due() -> None:
    today = timezone.now().date()
    for kind in _kinds:
        if _asked_on.get(kind) != today:
            queue.enqueue(kind, None, {}, key=f"{kind}:{today}")
            _asked_on[kind] = today
