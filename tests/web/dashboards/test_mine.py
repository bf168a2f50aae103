"""My interviews, and whose names stand there."""

import csv
import io

import pytest
from django.test import Client

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


def test_the_list_as_csv_is_what_the_page_lists() -> None:
    anneke, kofi = make_user("Anneke"), make_user("Kofi")
    make_many([anneke, kofi], 3)
    first, *_ = Interview.objects.order_by("pk")
    Interview.objects.filter(pk=first.pk).update(candidate_name="=1+1", position="Staff, ML")

    own = _csv(browser_of(anneke), shelf="done")
    searched = _csv(browser_of(anneke), shelf="done", q="staff")
    elsewhere = _csv(browser_of(make_user("Eve")), shelf="done")

    assert len(own) == 3
    assert [row["interview"] for row in searched] == [str(first.pk)]
    assert (searched[0]["candidate"], searched[0]["position"]) == ("'=1+1", "Staff, ML")
    assert float(searched[0]["total"]) > 0
    assert elsewhere == []


def test_the_csv_withholds_what_the_page_does() -> None:
    """Names in a blind review, and scores until one's own card is in."""
    anneke, kofi = make_user("Anneke"), make_user("Kofi")
    make_many([anneke, kofi], 1)
    Decision.objects.all().delete()
    interview = Interview.objects.get()
    interview.cards.filter(rater__user=kofi).update(status="draft")
    interview.reveals.all().delete()
    Interview.objects.update(is_blind=True)

    (row,) = _csv(browser_of(kofi), shelf="to-score")

    assert {row[head] for head in ("title", "candidate", "raters", "total", "band")} == {""}
    assert row["interview"] == str(interview.pk)


def _csv(client: Client, **query: str) -> list[dict[str, str]]:
    answer = client.get("/interviews.csv", query)
    assert answer.headers["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
