"""What is due is announced first and erased later, once a day."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from apps.audit.models import AuditEntry
from apps.core.jobs import daily, queue, worker
from apps.core.models import Job
from apps.designs.models import DesignSession
from apps.interviews.domain.privacy import erasure, retention
from apps.interviews.domain.privacy.retention import erases_at, months_after
from apps.interviews.models import Interview
from tests.clock import START, Clock
from tests.factories import make_interview

pytestmark = pytest.mark.django_db


@pytest.fixture
def interview(clock: Clock) -> Interview:
    interview = make_interview()
    DesignSession.objects.filter(id=interview.pk).update(updated_at=START)
    interview.design.refresh_from_db()
    return interview


def run_rules() -> dict[str, object]:
    job = queue.enqueue(retention.KIND, None, {})
    worker.run(job.id)
    job.refresh_from_db()
    assert job.status == Job.Status.DONE, job.reason
    return dict(job.result or {})


@pytest.mark.parametrize(
    ("month", "day", "months", "then"),
    [(11, 23, 24, (2028, 11, 23)), (1, 31, 1, (2026, 2, 28)), (12, 31, 2, (2027, 2, 28))],
)
def test_months_end_on_the_same_day_or_the_months_last(
    month: int, day: int, months: int, then: tuple[int, int, int]
) -> None:
    assert months_after(datetime(2026, month, day, tzinfo=UTC), months) == datetime(
        *then, tzinfo=UTC
    )


def test_interview_is_kept_warned_of_and_erased(interview: Interview, clock: Clock) -> None:
    due = erases_at(interview)
    assert due == START.replace(year=2028)

    assert run_rules() == {"warned": 0, "erased": 0}
    clock.now = due - timedelta(days=14)
    assert run_rules() == {"warned": 1, "erased": 0}
    assert run_rules() == {"warned": 0, "erased": 0}
    clock.now = due
    assert run_rules() == {"warned": 0, "erased": 1}

    assert Job.objects.get(kind=erasure.KIND).subject == interview.pk
    assert AuditEntry.objects.filter(kind="retention.warned").count() == 1


def test_overdue_interview_has_the_whole_time_after_its_warning(
    interview: Interview, clock: Clock
) -> None:
    """A rule is new, or the server was off."""
    due = erases_at(interview)
    assert due
    found = clock.now = due + timedelta(days=60)
    assert run_rules() == {"warned": 1, "erased": 0}

    clock.now = found + timedelta(days=13)
    assert run_rules() == {"warned": 0, "erased": 0}
    clock.now = found + timedelta(days=14)
    assert run_rules() == {"warned": 0, "erased": 1}


def test_contact_after_the_warning_begins_anew(interview: Interview, clock: Clock) -> None:
    due = erases_at(interview)
    assert due
    clock.now = due - timedelta(days=1)
    run_rules()
    DesignSession.objects.filter(id=interview.pk).update(updated_at=clock.now)

    clock.now = due
    assert run_rules() == {"warned": 0, "erased": 0}


def test_no_months_keep_for_ever(interview: Interview, settings: Settings) -> None:
    settings.RETENTION_MONTHS = 0

    assert erases_at(interview) is None


def test_daily_work_is_asked_for_once_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(daily, "_asked_on", {})
    daily.enqueue_due()
    monkeypatch.setattr(daily, "_asked_on", {})  # another process

    daily.enqueue_due()

    key = f"{retention.KIND}:{timezone.now().date()}"
    assert Job.objects.filter(kind=retention.KIND).values_list("key", flat=True).get() == key
