"""My interviews, and whose names stand there."""

import pytest

from apps.interviews.models import Decision, Interview
from bench.dashboards.rows import make_many
from tests.factories import browser_of, make_user

pytestmark = pytest.mark.django_db


def test_blind_review_hides_names_from_raters_until_the_decision() -> None:
    anneke, kofi = make_user("Anneke"), make_user("Kofi")
    make_many([anneke, kofi], 1)
    decision = Decision.objects.get()
    Decision.objects.all().delete()
    interview = Interview.objects.get()

    browser_of(anneke).post(f"/designs/{interview.pk}/blind", {"blind": "1"})

    name = interview.candidate_name.encode()
    assert name in browser_of(anneke).get("/interviews").content
    assert name not in browser_of(kofi).get("/interviews").content
    decision.save(force_insert=True)
    assert name in browser_of(kofi).get("/interviews?shelf=done").content
