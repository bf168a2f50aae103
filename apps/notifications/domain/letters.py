"""How does a letter read, and how does it go out?"""

import logging
from datetime import UTC, datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from apps.accounts.actors import Actor
from apps.core import clock
from apps.core.jobs.lease import Lease
from apps.core.json import JsonObject
from apps.core.models import Job
from apps.core.permissions import Role
from apps.designs.domain.access import access_for
from apps.designs.domain.links import create_link, revoke_link
from apps.designs.models import Participant, ShareLink
from apps.interviews.domain.privacy.retention import announced_for
from apps.interviews.models import Interview
from apps.notifications.domain import calendar
from apps.notifications.domain.attempts import drop, failed, is_due, succeeded
from apps.notifications.domain.erasures import erasure_of
from apps.notifications.domain.recipients import panel_of, without_a_card
from apps.notifications.models import Letter

# A candidate's link lives until so long after the planned start.
LINK_LIVES = timedelta(days=2)
NOT_SENT = "The mail server did not take it."

log = logging.getLogger(__name__)
# Where a letter leads who is no candidate.
PAGES = {
    Letter.Kind.INVITATION: "lobby",
    Letter.Kind.REMINDER: "workspace",
    Letter.Kind.RETENTION: "privacy",
}


def send_letter(job: Job, _lease: Lease) -> JsonObject:
    """One try. A job that comes twice finds that it was done."""
    assert job.subject is not None  # its letter
    letter = Letter.objects.filter(pk=job.subject).first()
    if letter is None or not is_due(letter):
        return {}
    interview = Interview.objects.select_related("design").filter(pk=letter.interview_id).first()
    if not _is_still_wanted(letter, interview):
        drop(letter)
        return {}
    link = None
    try:
        link, address = _address(letter, interview)
        _message(letter, interview, address).send()
    except (SMTPException, OSError) as error:
        log.warning("Letter %s was not sent: %s", letter.id, type(error).__name__)
        if link is not None:
            revoke_link(link.design, link.id)
        failed(letter, NOT_SENT)
    else:
        succeeded(letter)
    if interview is None and letter.status != Letter.Status.WAITING:
        letter.delete()  # nothing is left that it belongs to
    return {}


def _is_still_wanted(letter: Letter, interview: Interview | None) -> bool:
    if letter.kind == Letter.Kind.CANCELLATION:
        return True
    if interview is None:
        return False
    if letter.kind == Letter.Kind.REMINDER:
        return interview.ended_at is not None and letter.email in without_a_card(interview)
    if letter.kind == Letter.Kind.RETENTION:
        return announced_for(interview) == erasure_of(letter)
    return interview.ended_at is None


def _address(letter: Letter, interview: Interview | None) -> tuple[ShareLink | None, str]:
    """Where the letter leads; for a candidate a link of its own, whose secret is in it alone."""
    if interview is None or letter.kind == Letter.Kind.CANCELLATION:
        return None, ""
    if not letter.is_candidate:
        page = PAGES[Letter.Kind(letter.kind)]
        return None, settings.PUBLIC_URL + reverse(page, args=[interview.design_id])
    design, owner = interview.design, _owner(interview)
    access = access_for(Actor(owner.user_id, owner.guest_id, owner.name), design)
    assert access is not None  # an owner always has access
    ends = calendar.stored_event(letter.event).start + LINK_LIVES
    link, token = create_link(access, design, Role.CANDIDATE, ends)
    return link, settings.PUBLIC_URL + reverse("open_link", args=[token])


def _message(letter: Letter, interview: Interview | None, address: str) -> EmailMultiAlternatives:
    title = str(letter.event["title"])
    organiser, reply_to = settings.DEFAULT_FROM_EMAIL, []
    if letter.is_candidate and settings.MAIL_NAMES_INTERVIEWERS and interview is not None:
        user = _owner(interview).user
        if user is not None:
            organiser, reply_to = f"{user.display_name} <{user.email}>", [user.email]
    context = {
        "title": title,
        "address": address,
        "letter": letter,
        "notice": interview.notice if interview and letter.is_candidate else "",
        "is_change": letter.sequence > 0,
        "is_last": letter.after_h == max(settings.REMIND_AFTER_H),
    }
    if letter.kind == Letter.Kind.RETENTION:
        context["erases_on"] = _day(erasure_of(letter))
    if letter.kind in Letter.OF_CALENDAR:
        event = calendar.stored_event(letter.event)
        start = event.start.astimezone(UTC)
        context |= {"event": event, "when": f"{start:%A} {start.day} {start:%B %Y, %H:%M} UTC"}
    message = EmailMultiAlternatives(
        subject=_subject(letter, title),
        body=render_to_string(f"notifications/{letter.kind}.txt", context),
        to=[letter.email],
        reply_to=reply_to,
    )
    if letter.kind in Letter.OF_CALENDAR:
        _attach(message, letter, organiser, address)
    return message


def _subject(letter: Letter, title: str) -> str:
    if letter.kind == Letter.Kind.REMINDER:
        return f"Your score card is missing: {title}"
    if letter.kind == Letter.Kind.RETENTION:
        return f"To be erased on {_day(erasure_of(letter))}: {title}"
    if letter.kind == Letter.Kind.CANCELLATION:
        return f"Cancelled: {title}"
    return f"{'Changed' if letter.sequence else 'Invitation'}: {title}"


def _attach(message: EmailMultiAlternatives, letter: Letter, organiser: str, address: str) -> None:
    is_cancelled = letter.kind == Letter.Kind.CANCELLATION
    written = calendar.written(
        letter.interview_id,
        calendar.stored_event(letter.event),
        sequence=letter.sequence,
        attendee=letter.email,
        organiser=organiser,
        url=address,
        stamp=clock.now(),
        is_cancelled=is_cancelled,
    )
    method = "CANCEL" if is_cancelled else "REQUEST"
    message.attach_alternative(written, f"text/calendar; method={method}")
    message.attach("interview.ics", written, "text/calendar")


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"


def _owner(interview: Interview) -> Participant:
    return panel_of(interview).get(role=Role.OWNER.value)
