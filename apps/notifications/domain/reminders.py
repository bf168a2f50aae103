"""Who has not given their card in, some time after the end? Each is asked once for each time."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction

from apps.core import clock
from apps.interviews.models import Interview
from apps.notifications.domain.attempts import enqueue_attempt
from apps.notifications.domain.recipients import without_a_card
from apps.notifications.models import Letter

# A server that was off for longer does not remind of what everybody has forgotten.
NOT_LATER = timedelta(days=3)


def remind() -> int:
    """Writes the reminders whose time has come; returns how many. May run at any time, and twice.

    Who comes late to several times at once is reminded by the last of them alone.
    """
    return sum(
        _remind(interview, hours)
        for hours in sorted(set(settings.REMIND_AFTER_H), reverse=True)
        for interview in _ended_since(hours)
    )


def silence(interviews: Iterable[Interview]) -> None:
    """Marks their reminders as not needed, now and later: for interviews nobody waits for."""
    now, last = clock.now(), max(settings.REMIND_AFTER_H)
    Letter.objects.bulk_create(
        Letter(
            interview_id=interview.design_id,
            kind=Letter.Kind.REMINDER,
            email=email,
            after_h=last,
            status=Letter.Status.DROPPED,
            created_at=now,
            next_at=now,
        )
        for interview in interviews
        for email in without_a_card(interview)
    )


def _ended_since(hours: int) -> list[Interview]:
    until = clock.now() - timedelta(hours=hours)
    rows = Interview.objects.filter(
        ended_at__lte=until,
        ended_at__gt=until - NOT_LATER,
        started_at__isnull=False,
        is_gold=False,
    )
    return list(rows.select_related("design"))


def _remind(interview: Interview, hours: int) -> int:
    letters = Letter.objects.filter(interview_id=interview.design_id, kind=Letter.Kind.REMINDER)
    reminded = set(letters.filter(after_h__gte=hours).values_list("email", flat=True))
    return sum(
        _create(interview, email, hours)
        for email in without_a_card(interview)
        if email not in reminded
    )


def _create(interview: Interview, email: str, hours: int) -> bool:
    now = clock.now()
    try:
        with transaction.atomic():
            letter = Letter.objects.create(
                interview_id=interview.design_id,
                kind=Letter.Kind.REMINDER,
                email=email,
                after_h=hours,
                event={"title": " ".join(interview.design.title.split())},
                created_at=now,
                next_at=now,
            )
            enqueue_attempt(letter)
    except IntegrityError:
        return False  # another process was faster
    return True
