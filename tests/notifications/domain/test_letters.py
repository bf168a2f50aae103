"""Mail about interviews: who gets which, what it holds, and what it never holds."""

from datetime import timedelta
from email.message import Message
from typing import Any

import pytest
from django.core import mail
from icalendar import Calendar
from pytest_django import Settings

from apps.core.permissions import Role
from apps.designs.models import DesignSession, Participant
from apps.interviews.domain import lifecycle
from apps.interviews.models import Interview, ScoreCard
from apps.interviews.signals import candidate_erased
from apps.notifications.domain.attempts import WAITS
from apps.notifications.domain.ticking import tick
from apps.notifications.models import Letter
from tests.clock import START, Clock
from tests.factories import make_interview, make_participant, make_user, owner_access
from tests.notifications.jobs import run_jobs

pytestmark = pytest.mark.django_db
CANDIDATE = "priya@example.net"
OWNER = "owner@example.org"


@pytest.fixture
def interview(clock: Clock) -> Interview:
    interview = make_interview(
        make_user("Anneke", OWNER),
        title="Video recommendation",
        position="Senior ML engineer",
        candidate_email=CANDIDATE,
        scheduled_at=START + timedelta(days=1),
        notice="We keep the record for a year.",
    )
    run_jobs()
    return interview


def sent_to(address: str) -> list[Any]:
    return [message for message in mail.outbox if message.to == [address]]


def entry_of(message: Any) -> Any:
    """The calendar entry of a letter, with its method."""
    parts: list[Message] = list(message.message().walk())
    [part] = [part for part in parts if part.get_param("method") is not None]
    calendar = Calendar.from_ical(part.get_payload(decode=True))
    [entry] = calendar.walk("VEVENT")
    assert str(part.get_param("method")) == str(calendar["METHOD"])
    return entry | {"method": str(calendar["METHOD"])}


def everything_in(message: Any) -> str:
    parts = [part.get_payload(decode=True) or b"" for part in message.message().walk()]
    return b"\n".join([message.message().as_bytes(), *parts]).decode()


def remove(participant: Participant) -> None:
    participant.removed_at = START
    participant.save()


def test_candidate_and_interviewer_are_invited_once(interview: Interview) -> None:
    interview.save()
    run_jobs()

    assert sorted(message.to for message in mail.outbox) == sorted([[CANDIDATE], [OWNER]])
    assert sent_to(CANDIDATE)[0].subject == "Invitation: Video recommendation"


def test_entry_says_when_and_how_long(interview: Interview) -> None:
    entry = entry_of(sent_to(CANDIDATE)[0])

    assert entry["method"] == "REQUEST"
    assert entry.decoded("dtstart") == START + timedelta(days=1)
    assert entry.decoded("duration") == timedelta(minutes=sum(interview.plan.values()))
    assert (entry["uid"], entry["sequence"]) == (f"{interview.design_id}@ninestep", 0)


def test_candidate_is_not_told_who_interviews(interview: Interview) -> None:
    make_participant(interview.design, Role.INTERVIEWER, make_user("Bo", "bo@example.org"))
    run_jobs()

    told = everything_in(sent_to(CANDIDATE)[0])

    assert len(sent_to("bo@example.org")) == 1
    assert "owner@example.org" not in told
    assert "bo@example.org" not in told
    assert "We keep the record for a year." in told


def test_candidate_is_told_who_invites_where_that_is_chosen(
    clock: Clock, settings: Settings
) -> None:
    settings.MAIL_NAMES_INTERVIEWERS = True
    make_interview(
        make_user("Anneke", OWNER),
        candidate_email=CANDIDATE,
        scheduled_at=START + timedelta(days=1),
    )
    run_jobs()

    [letter] = sent_to(CANDIDATE)

    assert letter.reply_to == [OWNER]
    assert entry_of(letter)["organizer"] == f"mailto:{OWNER}"


def test_link_of_the_candidate_opens_the_interview(interview: Interview, client: Any) -> None:
    address = next(line for line in sent_to(CANDIDATE)[0].body.splitlines() if "/j/" in line)

    answer = client.get(address.removeprefix("http://localhost:8000"))

    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/join/{interview.design_id}"


def test_change_keeps_the_entry_and_raises_its_sequence(interview: Interview) -> None:
    interview.scheduled_at = START + timedelta(days=2)
    interview.save()
    run_jobs()

    first, second = map(entry_of, sent_to(CANDIDATE))

    assert first["uid"] == second["uid"]
    assert (first["sequence"], second["sequence"]) == (0, 1)
    assert second.decoded("dtstart") == START + timedelta(days=2)


def test_interview_without_a_time_invites_nobody(clock: Clock) -> None:
    make_interview(candidate_email=CANDIDATE)
    run_jobs()

    assert mail.outbox == []


def test_end_ahead_of_the_time_cancels(interview: Interview) -> None:
    lifecycle.end(interview, owner_access(interview.design))
    run_jobs()

    entry = entry_of(sent_to(CANDIDATE)[-1])

    assert (entry["method"], entry["status"], entry["sequence"]) == ("CANCEL", "CANCELLED", 1)
    assert len(sent_to(OWNER)) == 2


def test_end_of_what_took_place_cancels_nothing(interview: Interview, clock: Clock) -> None:
    clock.forward(minutes=24 * 60 + 1)
    lifecycle.start(interview, owner_access(interview.design))
    lifecycle.end(interview, owner_access(interview.design))
    run_jobs()

    assert len(mail.outbox) == 2


def test_deleted_interview_is_cancelled_and_its_letters_forgotten(interview: Interview) -> None:
    DesignSession.objects.get(pk=interview.design_id).delete()
    run_jobs()

    assert [entry_of(message)["method"] for message in mail.outbox[2:]] == ["CANCEL", "CANCEL"]
    assert not Letter.objects.exists()


def test_interviewer_who_is_taken_off_is_told(interview: Interview) -> None:
    bo = make_participant(interview.design, Role.INTERVIEWER, make_user("Bo", "bo@example.org"))
    run_jobs()

    remove(bo)
    run_jobs()

    assert [entry_of(one)["method"] for one in sent_to("bo@example.org")] == ["REQUEST", "CANCEL"]
    assert len(sent_to(OWNER)) == 1


def test_letter_is_tried_later_and_later_and_then_given_up(
    interview: Interview, clock: Clock, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Down"
    make_participant(interview.design, Role.INTERVIEWER, make_user("Bo", "bo@example.org"))
    run_jobs()
    letter = Letter.objects.get(email="bo@example.org")
    assert (letter.status, letter.attempts) == ("waiting", 1)
    assert letter.next_at == START + WAITS[0]

    interview.scheduled_at = None  # a long time passes; only the letter itself is looked at
    for wait in WAITS:
        clock.forward(seconds=wait.total_seconds())
        tick()
        run_jobs()

    letter.refresh_from_db()
    assert (letter.status, letter.attempts) == ("failed", len(WAITS) + 1)
    assert letter.reason == "The mail server did not take it."


class Down:
    """A mail server that is away."""

    def __init__(self, **_: object) -> None:
        """Takes the settings of any other."""

    def send_messages(self, _messages: object) -> int:
        raise ConnectionRefusedError


def play(interview: Interview, clock: Clock) -> None:
    clock.forward(minutes=24 * 60)
    lifecycle.start(interview, owner_access(interview.design))
    clock.forward(minutes=45)
    lifecycle.end(interview, owner_access(interview.design))


def submit(participant: Participant) -> None:
    ScoreCard.objects.create(
        interview=participant.design.interview,
        rater=participant,
        status="submitted",
        verdict="yes",
        created_at=START,
        updated_at=START,
        submitted_at=START,
    )


def reminders_to(address: str) -> int:
    tick()
    tick()
    run_jobs()
    return sum("score card is missing" in message.subject for message in sent_to(address))


def test_missing_card_is_asked_for_twice_and_no_more(interview: Interview, clock: Clock) -> None:
    make_participant(interview.design, Role.INTERVIEWER, make_user("Bo", "bo@example.org"))
    play(interview, clock)

    assert reminders_to("bo@example.org") == 0
    clock.forward(minutes=60)
    assert reminders_to("bo@example.org") == 1
    clock.forward(minutes=60)
    assert reminders_to("bo@example.org") == 1
    clock.forward(minutes=22 * 60)
    assert reminders_to("bo@example.org") == 2
    clock.forward(minutes=48 * 60)
    assert reminders_to("bo@example.org") == 2


def test_who_submitted_is_not_reminded(interview: Interview, clock: Clock) -> None:
    bo = make_participant(interview.design, Role.INTERVIEWER, make_user("Bo", "bo@example.org"))
    play(interview, clock)
    submit(bo)
    clock.forward(minutes=60)

    assert reminders_to("bo@example.org") == 0
    assert reminders_to(OWNER) == 0  # who arranged it has no card to give
    assert reminders_to(CANDIDATE) == 0


def test_card_that_comes_in_between_drops_the_reminder(interview: Interview, clock: Clock) -> None:
    bo = make_participant(interview.design, Role.INTERVIEWER, make_user("Bo", "bo@example.org"))
    play(interview, clock)
    clock.forward(minutes=60)
    tick()
    submit(bo)

    assert reminders_to("bo@example.org") == 0
    assert Letter.objects.get(kind=Letter.Kind.REMINDER).status == Letter.Status.DROPPED


def test_server_that_was_off_for_a_day_reminds_once(interview: Interview, clock: Clock) -> None:
    play(interview, clock)
    clock.forward(minutes=25 * 60)

    assert reminders_to(OWNER) == 1


def test_erasure_leaves_no_address(interview: Interview) -> None:
    candidate_erased.send(Interview, interview=interview, by_name="Anneke")

    assert not Letter.objects.filter(interview_id=interview.design_id).exists()
