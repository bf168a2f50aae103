"""A candidate reads what is recorded before they join, and agrees."""

import pytest
from django.test import Client
from django.urls import reverse

from apps.core.permissions import Role
from apps.interviews.domain.privacy.notices import sha256_of
from apps.interviews.models import Consent, Interview
from tests.factories import make_interview, make_link

pytestmark = pytest.mark.django_db


@pytest.fixture
def interview() -> Interview:
    return make_interview(notice="We hire for the feed team.")


def at_the_door(interview: Interview, role: Role = Role.CANDIDATE) -> Client:
    client = Client()
    client.get(reverse("open_link", args=[make_link(interview.design, role)[1]]))
    return client


def test_notice_tells_what_is_recorded_who_decides_and_how_long_it_is_kept(
    interview: Interview,
) -> None:
    page = at_the_door(interview).get(reverse("join", args=[interview.pk])).content.decode()

    for words in (
        "We hire for the feed team.",
        "the board and your notes with every change",
        "No program rates your interview by itself.",
        "A person decides, and gives a reason.",
        "24 months after the last contact",
    ):
        assert words in page


def test_candidate_who_does_not_agree_is_not_let_in(interview: Interview) -> None:
    answer = at_the_door(interview).post(reverse("join", args=[interview.pk]), {"name": "Priya"})

    assert answer.status_code == 400
    assert interview.design.participants.count() == 1


def test_consent_is_kept_with_the_words_that_were_read(interview: Interview) -> None:
    client = at_the_door(interview)

    client.post(reverse("join", args=[interview.pk]), {"name": "Priya", "consent": "on"})

    consent = Consent.objects.get()
    assert (consent.participant.name, consent.covers_scoring) == ("Priya", False)
    assert consent.notice_sha256 == sha256_of(consent.notice)
    assert consent.notice.startswith("We hire for the feed team.")


def test_interviewer_is_not_asked(interview: Interview) -> None:
    client = at_the_door(interview, Role.INTERVIEWER)

    client.post(reverse("join", args=[interview.pk]), {"name": "Ada"})

    assert interview.design.participants.count() == 2
