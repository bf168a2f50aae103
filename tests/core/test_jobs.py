"""The job table: work is queued once, run once, tried again when lost, given up with a reason."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from apps.core.jobs import queue, registry, worker
from apps.core.jobs.lease import LEASE, MAX_ATTEMPTS, Lease, LeaseLost, claim
from apps.core.jobs.registry import JobFailed
from apps.core.json import JsonObject
from apps.core.models import Job

pytestmark = pytest.mark.django_db

Register = Callable[..., None]


@pytest.fixture(autouse=True)
def sent(monkeypatch: pytest.MonkeyPatch) -> list[UUID]:
    """The ids that were given to Celery, in order."""
    ids: list[UUID] = []
    monkeypatch.setattr(queue, "send", ids.append)
    return ids


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> Register:
    monkeypatch.setattr(registry, "_registrations", {})
    return registry.register


def make_job(**fields: object) -> Job:
    values: dict[str, object] = {"kind": "count", "sent_at": timezone.now()}
    return Job.objects.create(**{**values, **fields})


def long_ago() -> object:
    return timezone.now() - timedelta(minutes=1)


# Taking work in


def test_enqueue_sends_the_job_after_commit(
    sent: list[UUID], django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    design = uuid4()

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        job = queue.enqueue("count", design, {"to": 3})
        assert sent == []

    assert sent == [job.id]
    assert (job.status, job.subject, job.payload) == ("queued", design, {"to": 3})


def test_enqueue_in_a_transaction_that_is_rolled_back_leaves_nothing(sent: list[UUID]) -> None:
    with transaction.atomic():
        queue.enqueue("count", None, {})
        transaction.set_rollback(True)

    assert (Job.objects.count(), sent) == (0, [])


@pytest.mark.parametrize("status", ["queued", "leased", "done"])
def test_enqueue_with_a_known_key_returns_that_job(status: str) -> None:
    first = make_job(key="a", status=status, lease_until=timezone.now())

    again = queue.enqueue("count", None, {}, key="a")

    assert (again.id, again.status) == (first.id, status)


def test_enqueue_with_the_key_of_a_failed_job_queues_it_anew() -> None:
    failed = make_job(key="a", status="failed", reason="No disk.", attempts=3)

    again = queue.enqueue("count", None, {"to": 5}, key="a")

    assert again.id == failed.id
    assert (again.status, again.attempts, again.reason) == ("queued", 0, "")
    assert again.payload == {"to": 5}


def test_a_broker_that_does_not_answer_does_not_fail_the_request(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    def refuse(job_id: UUID) -> None:
        raise ConnectionError("refused")

    monkeypatch.setattr(queue, "send", refuse)

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        job = queue.enqueue("count", None, {})

    assert Job.objects.get().id == job.id


# Running it


def test_run_stores_what_the_handler_returns(register: Register) -> None:
    register("count", lambda job, lease: {"counted": job.payload["to"]})
    job = make_job(payload={"to": 3})

    worker.run(job.id)

    job.refresh_from_db()
    assert (job.status, job.result, job.attempts) == ("done", {"counted": 3}, 1)
    assert job.finished_at is not None


@pytest.mark.parametrize("status", ["leased", "done"])
def test_run_leaves_a_job_alone_that_is_held_or_done(status: str, register: Register) -> None:
    register("count", lambda job, lease: {"ran": True})
    job = make_job(status=status, lease_until=timezone.now() + LEASE, attempts=1)

    worker.run(job.id)

    job.refresh_from_db()
    assert (job.status, job.result, job.attempts) == (status, None, 1)


def test_run_takes_over_a_job_whose_lease_has_expired(register: Register) -> None:
    register("count", lambda job, lease: {})
    job = make_job(status="leased", lease_until=long_ago(), attempts=1)

    worker.run(job.id)

    job.refresh_from_db()
    assert (job.status, job.attempts) == ("done", 2)


def test_job_failed_is_final_and_keeps_its_reason(register: Register, sent: list[UUID]) -> None:
    told: list[str] = []

    def refuse(job: Job, lease: Lease) -> JsonObject:
        raise JobFailed("The design is gone.")

    register("count", refuse, on_failed=lambda job: told.append(job.reason))
    job = make_job()

    worker.run(job.id)

    job.refresh_from_db()
    assert (job.status, job.reason) == ("failed", "The design is gone.")
    assert (told, sent) == (["The design is gone."], [])


def test_any_other_error_is_tried_three_times(register: Register, sent: list[UUID]) -> None:
    told: list[str] = []

    def crash(job: Job, lease: Lease) -> JsonObject:
        raise ZeroDivisionError

    register("count", crash, on_failed=lambda job: told.append(job.status))
    job = make_job()

    for _ in range(MAX_ATTEMPTS + 1):
        worker.run(job.id)

    job.refresh_from_db()
    assert (job.status, job.attempts) == ("failed", MAX_ATTEMPTS)
    assert job.reason.startswith("It stopped unexpectedly")
    assert sent == [job.id, job.id]
    assert told == ["failed"]


def test_a_kind_nobody_knows_fails_with_its_name(register: Register) -> None:
    job = make_job(kind="juggle")

    worker.run(job.id)

    job.refresh_from_db()
    assert (job.status, job.reason) == (
        "failed",
        "This server does not know work of the kind 'juggle'.",
    )


# Leases


def test_renew_moves_the_end_of_the_lease() -> None:
    job, lease = claimed(make_job())
    Job.objects.filter(id=job.id).update(lease_until=long_ago())

    lease.renew()

    job.refresh_from_db()
    assert job.lease_until is not None
    assert job.lease_until > timezone.now()


def test_a_worker_that_lost_its_lease_writes_nothing(register: Register) -> None:
    job, slow = claimed(make_job())
    Job.objects.filter(id=job.id).update(lease_until=long_ago())
    register("count", lambda job, lease: {"by": "the second"})
    worker.run(job.id)

    with pytest.raises(LeaseLost):
        slow.renew()
    assert slow.finish({"by": "the first"}) is False

    job.refresh_from_db()
    assert job.result == {"by": "the second"}


def test_a_handler_whose_lease_was_lost_ends_without_a_word(register: Register) -> None:
    def slow(job: Job, lease: Lease) -> JsonObject:
        Job.objects.filter(id=job.id).update(attempts=2)
        lease.renew()
        return {}

    register("count", slow)
    job = make_job()

    worker.run(job.id)

    job.refresh_from_db()
    assert (job.status, job.attempts, job.reason) == ("leased", 2, "")


def claimed(job: Job) -> tuple[Job, Lease]:
    held = claim(job.id)
    assert held is not None
    return held


# Sweeping


def test_sweep_sends_what_was_lost_and_nothing_else(sent: list[UUID]) -> None:
    lost = make_job(sent_at=long_ago())
    interrupted = make_job(status="leased", lease_until=long_ago(), sent_at=long_ago(), attempts=1)
    make_job()
    make_job(status="leased", lease_until=timezone.now() + LEASE, sent_at=long_ago(), attempts=1)
    make_job(status="done", sent_at=long_ago())

    count = worker.sweep()

    assert (count, set(sent)) == (2, {lost.id, interrupted.id})


def test_sweep_does_not_send_the_same_job_twice_at_once(sent: list[UUID]) -> None:
    job = make_job(sent_at=long_ago())

    worker.sweep()
    worker.sweep()

    assert sent == [job.id]


def test_sweep_gives_up_what_died_in_its_last_attempt(register: Register, sent: list[UUID]) -> None:
    told: list[Job] = []
    register("count", lambda job, lease: {}, on_failed=told.append)
    job = make_job(
        status="leased", lease_until=long_ago(), sent_at=long_ago(), attempts=MAX_ATTEMPTS
    )

    worker.sweep()

    job.refresh_from_db()
    assert (job.status, sent, told) == ("failed", [], [job])
    assert job.reason == "It stopped unexpectedly, 3 times. The log has the details."


def test_expire_leases_frees_what_a_killed_process_held(register: Register) -> None:
    register("count", lambda job, lease: {})
    job = make_job(status="leased", lease_until=timezone.now() + LEASE, attempts=1)

    worker.expire_leases()
    worker.run(job.id)

    job.refresh_from_db()
    assert job.status == "done"
