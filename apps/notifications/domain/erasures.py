"""Who is told that an interview is about to be erased? Those who could keep it longer."""

from datetime import datetime

from apps.core import clock
from apps.interviews.models import Interview
from apps.notifications.domain.attempts import enqueue_attempt
from apps.notifications.domain.recipients import who_can_erase
from apps.notifications.models import Letter


def warn(interview: Interview, erases_at: datetime) -> None:
    """A letter each, in the transaction of the warning. Of a later date another one follows."""
    now = clock.now()
    for email in sorted(who_can_erase(interview)):
        letter = Letter.objects.create(
            interview_id=interview.design_id,
            kind=Letter.Kind.RETENTION,
            email=email,
            event={
                "title": " ".join(interview.design.title.split()),
                "erases_at": erases_at.isoformat(),
            },
            created_at=now,
            next_at=now,
        )
        enqueue_attempt(letter)


def erasure_of(letter: Letter) -> datetime:
    return datetime.fromisoformat(str(letter.event["erases_at"]))
