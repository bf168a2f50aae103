"""Mail before an interview is erased: to whom, once, and not when it is put off."""

from datetime import timedelta

import pytest
from django.core import mail

from apps.designs.models import DesignSession
from apps.interviews.domain.privacy import retention
from apps.interviews.domain.privacy.retention import erases_at
from apps.interviews.models import Interview
from apps.notifications.domain.ticking import tick
from apps.teams.models import Membership
from apps.teams.rules import MemberRole
from tests.clock import START, Clock
from tests.factories import make_interview, make_user
from tests.interviews.domain.privacy.test_retention import run_rules
from tests.notifications.jobs import run_jobs
from tests.teams.factories import make_organisation

pytestmark = pytest.mark.django_db
OWNER, ADMIN, MEMBER = "owner@example.org", "admin@example.org", "member@example.org"


@pytest.fixture
def interview(clock: Clock) -> Interview:
    interview = make_interview(make_user("Anneke", OWNER), title="Video recommendation")
    organisation = make_organisation(make_user("Ada", ADMIN))
    Membership.objects.create(
        organisation=organisation, user=make_user("Kofi", MEMBER), role=MemberRole.INTERVIEWER.value
    )
    DesignSession.objects.filter(id=interview.pk).update(
        updated_at=START, organisation=organisation
    )
    run_jobs()
    mail.outbox.clear()
    return Interview.objects.select_related("design").get()


def warn(interview: Interview, clock: Clock) -> None:
    due = erases_at(interview)
    assert due
    clock.now = due - timedelta(days=retention.WARNS_DAYS)
    run_rules()


def test_owner_and_administrators_are_told_once(interview: Interview, clock: Clock) -> None:
    warn(interview, clock)
    run_jobs()
    run_rules()
    run_jobs()

    assert sorted(message.to[0] for message in mail.outbox) == [ADMIN, OWNER]
    letter = mail.outbox[0]
    assert letter.subject == "To be erased on 23 November 2028: Video recommendation"
    assert f"/designs/{interview.pk}/privacy" in letter.body
    assert not letter.attachments


def test_what_was_put_off_before_the_letter_went_out_is_not_announced(
    interview: Interview, clock: Clock
) -> None:
    warn(interview, clock)
    DesignSession.objects.filter(id=interview.pk).update(updated_at=clock.now)

    tick()
    run_jobs()

    assert mail.outbox == []


def test_an_interview_that_is_invited_to_can_be_warned_of(
    interview: Interview, clock: Clock
) -> None:
    """Both letters are the first of their kind to that address."""
    interview.scheduled_at = clock.now + timedelta(days=1)
    interview.save()
    run_jobs()
    mail.outbox.clear()

    warn(interview, clock)
    run_jobs()

    assert OWNER in {message.to[0] for message in mail.outbox}
