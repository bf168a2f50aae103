"""Live coverage: what the words hold at each pause, for interviewers, of the newest state."""

from typing import Any
from uuid import UUID

import pytest

from apps.core.errors import NotFound
from apps.core.events import Audience
from apps.core.jobs import registry, worker
from apps.core.jobs.lease import Lease
from apps.core.json import JsonObject
from apps.core.models import Job
from apps.core.permissions import Role
from apps.designs.document.types import DesignDocument
from apps.designs.models import DesignSession
from apps.scoring.child import Limits, Scorer, client
from apps.scoring.domain.coverage import KIND, cover, request_coverage
from apps.scoring.models import Coverage
from tests.scoring.conftest import Told
from tests.scoring.documents import STEPS, all_of, make_document
from tests.scoring.working import as_role, work_off

pytestmark = pytest.mark.usefixtures("sent")


class Room:
    """Stands in for the live document. The handler of the job reads it, as that of the product."""

    def __init__(self, design: DesignSession) -> None:
        self.design = design
        self.seq = 0
        self.document = make_document()

    def write(self, **notes: str) -> None:
        self.seq += 1
        self.document = make_document({**all_of("strong"), **notes})

    def read(self) -> tuple[DesignDocument, int]:
        return self.document, self.seq

    def ask(self, role: Role = Role.INTERVIEWER) -> None:
        request_coverage(self.design, self.seq, as_role(self.design, role))

    def handle(self, _job: Job, lease: Lease) -> JsonObject:
        cover(self.design, *self.read(), lease)
        return {}


@pytest.fixture
def room(design: DesignSession, monkeypatch: pytest.MonkeyPatch) -> Room:
    room = Room(design)
    monkeypatch.setattr(registry, "_registrations", {KIND: registry.Registration(room.handle)})
    return room


def bodies_of(told: Told) -> list[Any]:
    return [body for _, _, event, body in told if event == "score.coverage"]


def test_coverage_tells_score_and_levels_of_each_step(room: Room, told: Told) -> None:
    room.write()

    room.ask()
    work_off()

    [(design_id, audience, event, body)] = told
    steps: Any = body["steps"]
    assert (design_id, audience, event) == (
        room.design.id,
        Audience.INTERVIEWERS,
        "score.coverage",
    )
    assert (body["seq"], body["channels"], set(steps)) == (1, ["lexical"], set(STEPS))
    assert set(steps["metrics"]) == {"score", "levels"}
    assert steps["metrics"]["levels"]["me.offline"] in {2, 3, 4}


def test_coverage_scores_what_changed_and_keeps_the_rest(room: Room, told: Told) -> None:
    room.write()
    room.ask()
    work_off()
    room.write(**{"scaling-monitoring": ""})

    room.ask()
    work_off()

    first, second = bodies_of(told)
    assert second["seq"] == 2
    assert second["steps"]["scaling-monitoring"]["score"] == 0
    assert second["steps"]["metrics"] == first["steps"]["metrics"]


def test_coverage_that_is_known_is_told_without_a_job(room: Room, told: Told) -> None:
    room.write()
    room.ask()
    work_off()

    for _ in range(100):
        room.ask()

    first, *others = bodies_of(told)
    assert len(others) == 100
    assert all(body == first for body in others)
    assert Job.objects.get().claims == 1


def test_a_new_rubric_or_engine_is_a_reason_to_look_again(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.write()
    room.ask()
    work_off()
    Coverage.objects.update(engine_version="0.0.1")

    room.ask()

    assert Job.objects.get().status == "queued"


def test_however_often_it_is_asked_one_job_a_design_waits(room: Room, sent: list[UUID]) -> None:
    for number in range(100):
        room.write(metrics=f"ROC AUC above 0.{number}.")
        room.ask()

    assert Job.objects.count() == 1


def test_what_is_written_while_it_works_is_covered_next(
    room: Room, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One at a time, and the newest state wins."""
    room.write()
    room.ask()
    real, states = room.read, iter(["being read"])

    def read_while_somebody_types() -> tuple[DesignDocument, int]:
        before = real()
        if next(states, None):
            for _ in range(10):
                room.write(metrics="ROC AUC, because classes are balanced.")
                room.ask()
            assert Job.objects.get().status == "leased"
        return before

    monkeypatch.setattr(room, "read", read_while_somebody_types)
    work_off()

    assert [body["seq"] for body in bodies_of(told)] == [1, 11]
    assert Job.objects.get().claims == 2


def test_an_older_state_does_not_undo_a_newer_one(room: Room, told: Told) -> None:
    """A worker was suspended with an old state in hand."""
    room.write()
    old, old_seq = room.read()
    room.write(metrics="")
    room.ask()
    work_off()
    job = Job.objects.get()
    Job.objects.update(status="leased", claims=9, lease_until=job.created_at)

    cover(room.design, old, old_seq, Lease(job.id, 1, 9))

    assert Coverage.objects.get().seq == 2
    assert [body["seq"] for body in bodies_of(told)] == [2]


def test_notes_that_harm_the_scorer_cost_one_try(
    room: Room, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = Limits(cpu_s=0.5, wall_s=2.0)
    scorer = Scorer(limits, program="tests.scoring.child.faulty")
    monkeypatch.setattr(client, "_scorer", scorer)
    room.write(metrics="HANG")

    room.ask()
    worker.run(Job.objects.get().id)

    job = Job.objects.get()
    scorer.stop()
    assert (job.status, job.attempts, told) == ("failed", 1, [])
    room.write(metrics="ROC AUC.")
    room.ask()
    job.refresh_from_db()
    assert job.status == "queued"


@pytest.mark.parametrize("role", [Role.CANDIDATE, Role.OBSERVER])
def test_who_may_not_read_scores_may_not_ask(room: Room, told: Told, role: Role) -> None:
    with pytest.raises(NotFound):
        room.ask(role)

    assert (Job.objects.count(), told) == (0, [])
