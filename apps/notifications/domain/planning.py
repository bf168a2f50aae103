"""Which letters has an interview still to send? Compared with what each address was last told.

Run after anything that may matter, and twice as well: who knows it already is not told again.
"""

from uuid import UUID

from django.db import transaction
from django.db.models import Q

from apps.core import clock
from apps.core.jobs.lease import Lease
from apps.core.jobs.queue import enqueue_anew
from apps.core.json import JsonObject
from apps.core.models import Job
from apps.interviews.models import Interview
from apps.notifications.domain.attempts import drop, enqueue_attempt
from apps.notifications.domain.calendar import Event, event_of, stored_event
from apps.notifications.domain.recipients import Recipient, invited_to
from apps.notifications.models import Letter

PLAN_JOB = "notifications.plan"


def plan_soon(interview_id: UUID) -> None:
    enqueue_anew(PLAN_JOB, interview_id, {}, key=f"{PLAN_JOB}:{interview_id}")


def run_plan(job: Job, _lease: Lease) -> JsonObject:
    if job.subject is not None:
        plan(job.subject)
    return {}


def plan(interview_id: UUID) -> None:
    """Invites who does not know of it or of its change, and tells off who is not wanted now."""
    with transaction.atomic():
        rows = Interview.objects.select_for_update(of=("self",)).select_related("design")
        interview = rows.filter(pk=interview_id).first()
        if interview is None:
            return
        event = _event_ahead(interview)
        wanted = {one.email: one for one in invited_to(interview)} if event else {}
        known = _known(interview_id)
        for email, letter in known.items():
            if email not in wanted:
                _cancel(letter)
        if event is not None:
            for recipient in wanted.values():
                _invite(interview_id, recipient, event, known.get(recipient.email))


def cancel_all(interview_id: UUID) -> None:
    """For an interview that is deleted. Of its letters only these stay, until they are sent."""
    for letter in _known(interview_id).values():
        _cancel(letter)
    still_to_send = Q(kind=Letter.Kind.CANCELLATION, status=Letter.Status.WAITING)
    Letter.objects.filter(interview_id=interview_id).exclude(still_to_send).delete()


def forget(interview_id: UUID) -> None:
    """All that is kept of who was written to."""
    Letter.objects.filter(interview_id=interview_id).delete()


def _event_ahead(interview: Interview) -> Event | None:
    """Nobody is invited to what has begun, is over, or is there to practise rating on."""
    event = event_of(interview)
    over = interview.started_at or interview.ended_at or interview.is_gold
    return None if event is None or over or event.start <= clock.now() else event


def _known(interview_id: UUID) -> dict[str, Letter]:
    """The last word to each address about the calendar entry."""
    letters = Letter.objects.filter(interview_id=interview_id, kind__in=Letter.OF_CALENDAR)
    return {letter.email: letter for letter in letters.order_by("sequence")}


def _invite(interview_id: UUID, recipient: Recipient, event: Event, last: Letter | None) -> None:
    is_told = last is not None and last.kind == Letter.Kind.INVITATION
    if last is not None and is_told and stored_event(last.event) == event:
        return
    _supersede(last)
    _create(
        interview_id,
        Letter.Kind.INVITATION,
        recipient,
        event,
        sequence=last.sequence + 1 if last else 0,
    )


def _cancel(last: Letter) -> None:
    """Only what stands in a calendar, and lies ahead: what took place stays there."""
    event = stored_event(last.event)
    if last.kind != Letter.Kind.INVITATION or event.start <= clock.now():
        return
    _supersede(last)
    recipient = Recipient(last.email, last.is_candidate)
    _create(
        last.interview_id, Letter.Kind.CANCELLATION, recipient, event, sequence=last.sequence + 1
    )


def _supersede(last: Letter | None) -> None:
    """A letter that was not sent yet would come after the one that corrects it."""
    if last is not None and last.status == Letter.Status.WAITING:
        drop(last)


def _create(
    interview_id: UUID, kind: Letter.Kind, recipient: Recipient, event: Event, *, sequence: int
) -> None:
    now = clock.now()
    letter = Letter.objects.create(
        interview_id=interview_id,
        kind=kind,
        email=recipient.email,
        is_candidate=recipient.is_candidate,
        event=event.as_json(),
        sequence=sequence,
        created_at=now,
        next_at=now,
    )
    enqueue_attempt(letter)
