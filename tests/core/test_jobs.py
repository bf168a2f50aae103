"""The job table: work is queued once, run once, tried again when lost, given up with a reason."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from apps.core.jobs import queue, registry, worker
from apps.core.jobs.lease import LEASE, MAX_ATTEMPTS, Lease, LeaseLost, claim
from apps.core.jobs.registry import JobFailed, TryAgain
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


def test_try_again_is_tried_three_times_and_its_reason_kept(
    register: Register, sent: list[UUID]
) -> None:
    def hang(job: Job, lease: Lease) -> JsonObject:
        raise TryAgain(f"It took too long in attempt {lease.attempt}.")

    register("count", hang)
    job = make_job()

    for _ in range(MAX_ATTEMPTS + 1):
        worker.run(job.id)

    job.refresh_from_db()
    assert (job.status, job.reason) == ("failed", "It took too long in attempt 3.")
    assert sent == [job.id, job.id]


def test_a_failure_that_nobody_could_be_told_of_is_none(register: Register) -> None:
    """A worker that is killed between the two would leave the other side waiting for ever."""

    def fall_over(job: Job) -> None:
        raise ZeroDivisionError

    register("count", fail_for_good, on_failed=fall_over)
    job = make_job()

    with pytest.raises(ZeroDivisionError):
        worker.run(job.id)

    job.refresh_from_db()
    assert (job.status, job.reason) == ("leased", "")


def fail_for_good(job: Job, lease: Lease) -> JsonObject:
    raise JobFailed("The design is gone.")


# Once more, and cancelling


def count_calls(calls: list[UUID]) -> Callable[[Job, Lease], JsonObject]:
    def handle(job: Job, lease: Lease) -> JsonObject:
        calls.append(job.id)
        return {}

    return handle


@pytest.mark.parametrize("status", ["done", "failed", "cancelled"])
def test_enqueue_anew_runs_a_job_once_more_that_was_over(
    status: str, register: Register, sent: list[UUID], django_capture_on_commit_callbacks: Any
) -> None:
    over = make_job(key="a", status=status, reason="No disk.", attempts=3)

    with django_capture_on_commit_callbacks(execute=True):
        job = queue.enqueue_anew("count", None, {}, key="a")

    assert (job.id, job.status, job.attempts, sent) == (over.id, "queued", 0, [over.id])


def test_enqueue_anew_of_a_job_that_waits_changes_nothing(
    sent: list[UUID], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(100):
            queue.enqueue_anew("count", None, {}, key="a")

    assert (Job.objects.count(), len(sent)) == (1, 1)


@pytest.mark.parametrize("error", [None, JobFailed("No."), TryAgain("No."), LookupError()])
def test_a_job_that_is_asked_for_while_it_runs_runs_once_more(
    error: Exception | None, register: Register, sent: list[UUID]
) -> None:
    """Whatever became of the first run, and however often it was asked for."""

    def ask_meanwhile(job: Job, lease: Lease) -> JsonObject:
        if not sent:
            queue.enqueue_anew("count", None, {}, key="a")
            queue.enqueue_anew("count", None, {}, key="a")
            if error:
                raise error
        return {"run": len(sent)}

    register("count", ask_meanwhile)
    job = make_job(key="a", attempts=2)

    worker.run(job.id)
    again = Job.objects.get()
    worker.run(job.id)
    worker.run(job.id)

    job.refresh_from_db()
    assert (again.status, again.attempts, sent) == ("queued", 0, [job.id])
    assert (job.status, job.result) == ("done", {"run": 1})


def test_a_worker_of_an_earlier_count_of_attempts_writes_nothing(register: Register) -> None:
    """Attempts are counted anew, so they are no fence."""
    job, slow = claimed(make_job(key="a"))
    Job.objects.update(status="done")
    queue.enqueue_anew("count", None, {}, key="a")
    _, second = claimed(job)

    assert (slow.attempt, second.attempt) == (1, 1)
    assert slow.finish({"by": "the first"}) is False
    assert second.finish({"by": "the second"}) is True


def test_a_cancelled_job_is_not_run(register: Register) -> None:
    calls: list[UUID] = []
    register("count", count_calls(calls))
    job = make_job()

    count = queue.cancel(Job.objects.filter(id=job.id))
    worker.run(job.id)

    job.refresh_from_db()
    assert (count, job.status, calls) == (1, "cancelled", [])


def test_cancelling_takes_the_lease_from_who_runs_the_job(register: Register) -> None:
    told: list[Job] = []

    def cancelled_meanwhile(job: Job, lease: Lease) -> JsonObject:
        queue.cancel(Job.objects.all())
        lease.renew()
        return {}

    register("count", cancelled_meanwhile, on_failed=told.append)
    job = make_job()

    worker.run(job.id)

    job.refresh_from_db()
    assert (job.status, job.result, told) == ("cancelled", None, [])


@pytest.mark.parametrize("status", ["done", "failed"])
def test_what_is_over_is_not_cancelled(status: str) -> None:
    make_job(status=status, reason="No disk.")

    assert queue.cancel(Job.objects.all()) == 0


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
        Job.objects.filter(id=job.id).update(attempts=2, claims=2)
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


@pytest.mark.parametrize(
    ("resent", "waited_s", "is_sent"),
    [(0, 1, False), (0, 3, True), (1, 3, False), (1, 5, True), (9, 60, False), (9, 65, True)],
)
def test_sweep_waits_longer_each_time(
    resent: int, waited_s: int, is_sent: bool, sent: list[UUID]
) -> None:
    """Where no worker runs, messages would pile up for the one that comes."""
    sent_at = timezone.now() - timedelta(seconds=waited_s)
    job = make_job(sent_at=sent_at, resent=resent)

    worker.sweep()

    job.refresh_from_db()
    assert (sent, job.resent) == (([job.id], resent + 1) if is_sent else ([], resent))


def test_sweep_goes_on_after_one_that_cannot_be_given_up(register: Register) -> None:
    def fall_over(job: Job) -> None:
        raise ZeroDivisionError

    register("count", fail_for_good, on_failed=fall_over)
    fields = {"status": "leased", "lease_until": long_ago(), "sent_at": long_ago()}
    bad = make_job(**fields, attempts=MAX_ATTEMPTS)
    good = make_job(**fields, attempts=MAX_ATTEMPTS, kind="other")

    worker.sweep()

    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.status, good.status) == ("leased", "failed")


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
