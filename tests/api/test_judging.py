"""The judge over REST: owners consent, interviewers read, and nobody hears the key."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from apps.core.jobs import queue, worker
from apps.core.models import Job
from apps.core.permissions import Role
from apps.designs.models import DesignSession
from apps.scoring.domain import runs
from apps.scoring.models import ScoreRun
from tests.factories import (
    browser_of,
    make_design,
    make_guest,
    make_participant,
    owner_access,
    owner_of,
)
from tests.scoring.documents import all_of, make_document
from tests.scoring.judge.endpoint import KEY, MODEL, FakeEndpoint, serving, shows

pytestmark = pytest.mark.django_db


@pytest.fixture
def fake(settings: Any) -> Iterator[FakeEndpoint]:
    with serving() as endpoint:
        settings.JUDGE_URL, settings.JUDGE_KEY, settings.JUDGE_MODEL = endpoint.url, KEY, MODEL
        endpoint.behave(shows())
        yield endpoint


@pytest.fixture(autouse=True)
def _nothing_is_sent_to_celery(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "send", lambda _: None)


@pytest.fixture
def design() -> DesignSession:
    return make_design()


def address(design: DesignSession, part: str) -> str:
    return f"/api/v1/designs/{design.id}/scores/{part}"


def consent(client: Client, design: DesignSession, given: object) -> Any:
    body = {"given": given}
    return client.put(address(design, "judge-consent"), body, content_type="application/json")


def work_off() -> None:
    while job := Job.objects.filter(status="queued").order_by("created_at").first():
        worker.run(job.id)


def scored(design: DesignSession) -> ScoreRun:
    document = make_document(all_of("strong"))
    run = runs.request_run(design, document, 7, owner_access(design))
    work_off()
    return run


def interviewer_of(design: DesignSession) -> Client:
    guest = make_guest()
    make_participant(design, Role.INTERVIEWER, guest)
    return browser_of(guest)


def test_the_owner_gives_and_withdraws_consent(design: DesignSession, fake: FakeEndpoint) -> None:
    owner, interviewer = browser_of(owner_of(design)), interviewer_of(design)

    given = consent(owner, design, True)
    seen = interviewer.get(address(design, "judge-consent")).json()

    assert given.status_code == 200
    assert (given.json()["given"], given.json()["may_change"]) == (True, True)
    assert {**given.json(), "may_change": False} == seen
    assert (seen["host"], seen["model"], seen["by"]) == (f"127.0.0.1:{fake.port}", MODEL, "Owner")
    assert consent(owner, design, False).json()["given"] is False


def test_an_interviewer_may_not_consent(design: DesignSession, fake: FakeEndpoint) -> None:
    assert consent(interviewer_of(design), design, True).status_code == 404


@pytest.mark.parametrize("given", [None, "perhaps", 7, {}])
def test_consent_is_yes_or_no(design: DesignSession, fake: FakeEndpoint, given: object) -> None:
    assert consent(browser_of(owner_of(design)), design, given).status_code == 400


def test_where_there_is_no_judge_nothing_can_be_allowed(design: DesignSession) -> None:
    owner = browser_of(owner_of(design))

    answer = consent(owner, design, True)

    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "conflict")
    seen = owner.get(address(design, "judge-consent")).json()
    assert (seen["available"], seen["host"], seen["model"]) == (False, None, None)


def test_interviewers_read_what_the_judge_found(design: DesignSession, fake: FakeEndpoint) -> None:
    consent(browser_of(owner_of(design)), design, True)
    quote = ("me.offline/metric", "Offline we use nDCG@10 with graded relevance")
    fake.behave(shows(quote, ("me.offline/choice", "We made this up entirely")))
    run = scored(design)

    answer = interviewer_of(design).get(address(design, f"{run.id}/judge"))

    judge = answer.json()["judge"]
    assert (judge["status"], judge["model"], judge["done"]) == ("done", MODEL, judge["total"])
    rows = judge["steps"]["metrics"]["criteria"]
    offline = next(row for row in rows if row["id"] == "me.offline")
    assert [held["quote"] for held in offline["verified"]] == [quote[1]]
    assert [(one["reason"], one["text"]) for one in offline["dropped"]] == [
        ("INVENTED", "This is not in the notes.")
    ]
    assert KEY.encode() not in answer.content
    assert b"raw" not in answer.content


def test_a_run_from_before_is_judged_on_request(design: DesignSession, fake: FakeEndpoint) -> None:
    run = scored(design)
    interviewer = interviewer_of(design)
    judge = address(design, f"{run.id}/judge")
    assert interviewer.get(judge).json() == {"judge": None}
    assert interviewer.post(judge).status_code == 409
    consent(browser_of(owner_of(design)), design, True)

    asked = interviewer.post(judge)
    work_off()

    assert (asked.status_code, asked.json()["judge"]["status"]) == (202, "queued")
    assert interviewer.get(judge).json()["judge"]["status"] == "done"


def test_a_run_of_another_design_is_not_found(design: DesignSession, fake: FakeEndpoint) -> None:
    other = scored(make_design())
    interviewer = interviewer_of(design)

    for run in (other.id, uuid4()):
        assert interviewer.get(address(design, f"{run}/judge")).status_code == 404
        assert interviewer.post(address(design, f"{run}/judge")).status_code == 404
