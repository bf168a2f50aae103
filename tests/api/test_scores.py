"""Scores over REST: asked for, followed, cancelled; and those that come by themselves."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from apps.api.work import FINAL_KIND
from apps.core.jobs import queue, worker
from apps.core.models import Job
from apps.designs.domain import lifecycle
from apps.designs.models import DesignSession
from apps.rooms.domain.reading import NotReadNow
from apps.scoring.domain import coverage
from apps.scoring.models import Coverage, ScoreRun
from tests.factories import browser_of, make_design, owner_of
from tests.scoring.working import work_off

pytestmark = pytest.mark.django_db

Callbacks = Callable[..., Any]


@pytest.fixture(autouse=True)
def no_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "send", lambda _job_id: None)


@pytest.fixture
def design() -> DesignSession:
    return make_design()


@pytest.fixture
def client(design: DesignSession) -> Client:
    return browser_of(owner_of(design))


def address(design: DesignSession, rest: str) -> str:
    return f"/api/v1/designs/{design.id}/scores{rest}"


def test_a_score_is_asked_for_and_read_with_its_trace(
    design: DesignSession, client: Client
) -> None:
    asked = client.post(address(design, ""))
    work_off()
    run = asked.json()["run"]

    whole = client.get(address(design, f"/{run['id']}")).json()
    latest = client.get(address(design, "/latest")).json()

    assert (asked.status_code, run["status"]) == (202, "queued")
    assert whole["run"]["status"] == "done"
    assert set(whole["run"]["result"]["trace"]["steps"]) == set(whole["run"]["result"]["steps"])
    assert "trace" not in latest["run"]["result"]
    assert latest["seq"] == latest["run"]["seq"]


def test_a_run_is_cancelled_once(design: DesignSession, client: Client) -> None:
    run = client.post(address(design, "")).json()["run"]

    cancelled = client.post(address(design, f"/{run['id']}/cancel"))
    again = client.post(address(design, f"/{run['id']}/cancel"))
    work_off()

    assert (cancelled.status_code, again.status_code) == (200, 200)
    assert cancelled.json()["run"]["status"] == "cancelled"
    assert ScoreRun.objects.get().status == "cancelled"


def test_a_finished_run_is_not_cancelled(design: DesignSession, client: Client) -> None:
    run = client.post(address(design, "")).json()["run"]
    work_off()

    answer = client.post(address(design, f"/{run['id']}/cancel"))

    assert answer.status_code == 409
    assert ScoreRun.objects.get().status == "done"


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_run_of_another_design_is_not_found(
    design: DesignSession, client: Client, method: str
) -> None:
    other = make_design()
    run = browser_of(owner_of(other)).post(address(other, "")).json()["run"]
    rest = f"/{run['id']}" + ("/cancel" if method == "post" else "")

    of_another = getattr(client, method)(address(design, rest))
    unknown = getattr(client, method)(address(design, rest.replace(run["id"], str(uuid4()))))

    assert (of_another.status_code, of_another.content) == (404, unknown.content)


def test_coverage_of_the_live_document(design: DesignSession, client: Client) -> None:
    asked = client.post(address(design, "/coverage"))
    again = client.post(address(design, "/coverage"))

    assert (asked.status_code, again.status_code) == (202, 202)
    assert [job.kind for job in Job.objects.all()] == [coverage.KIND]
    work_off()
    assert Coverage.objects.get().seq == asked.json()["seq"]


def test_the_end_of_a_session_is_scored_by_itself(
    design: DesignSession, django_capture_on_commit_callbacks: Callbacks
) -> None:
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            lifecycle.end(design)
    work_off()

    run = ScoreRun.objects.get()
    assert (run.design_id, run.status) == (design.id, "done")
    assert Job.objects.filter(kind=FINAL_KIND).count() == 1


def test_a_score_asked_for_before_the_end_is_the_same(
    design: DesignSession, client: Client
) -> None:
    client.post(address(design, ""))
    lifecycle.end(design)
    work_off()

    assert ScoreRun.objects.count() == 1


def test_a_document_that_is_not_read_now_is_tried_again(
    design: DesignSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_design: DesignSession) -> Any:
        raise NotReadNow("The board could not be read just now.")

    lifecycle.end(design)
    with monkeypatch.context() as patch:
        patch.setattr("apps.api.work.current_document", fail)
        worker.run(Job.objects.get().id)
    assert (Job.objects.get().status, ScoreRun.objects.count()) == ("queued", 0)

    work_off()

    assert ScoreRun.objects.get().status == "done"


def test_a_session_that_was_deleted_meanwhile_is_not_scored(design: DesignSession) -> None:
    lifecycle.end(design)
    design.delete()

    work_off()

    assert (Job.objects.get().status, ScoreRun.objects.count()) == ("done", 0)
