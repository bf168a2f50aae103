"""How long is an interview kept? So many months after the last contact with the candidate.

Once a day a job warns of what is about to go, and asks for the erasure of what is due.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction

from apps.audit.domain import record
from apps.core import clock
from apps.core.jobs.lease import Lease
from apps.core.json import JsonObject
from apps.core.models import Job
from apps.interviews import signals
from apps.interviews.models import Interview, RetentionRule, RetentionWarning

KIND: Final = "retention"
WARNS_DAYS: Final = 14
BY_THE_SERVER: Final = "Retention rule"


@dataclass(frozen=True)
class Rule:
    """months: after the last contact; 0 keeps for ever. warns_days: before that."""

    months: int
    warns_days: int = WARNS_DAYS
    keeps_statistics: bool = True


def rule_for(interview: Interview) -> Rule:
    return rule_of(interview.design.organisation_id)


def rule_of(organisation_id: UUID | None) -> Rule:
    row = (
        RetentionRule.objects.filter(organisation_id=organisation_id).first()
        if organisation_id
        else None
    )
    if row is None:
        return Rule(settings.RETENTION_MONTHS)
    return Rule(row.months, row.warns_days, row.keeps_statistics)


def set_rule(organisation_id: UUID, rule: Rule, actor_id: UUID | None, actor_name: str) -> None:
    """The caller has checked that the actor administers the organisation."""
    with transaction.atomic():
        RetentionRule.objects.update_or_create(
            organisation_id=organisation_id,
            defaults={
                "months": rule.months,
                "warns_days": rule.warns_days,
                "keeps_statistics": rule.keeps_statistics,
            },
        )
        record(
            "retention.changed",
            actor_id=actor_id,
            actor_name=actor_name,
            organisation_id=organisation_id,
            details={"months": rule.months, "keeps_statistics": rule.keeps_statistics},
        )


def last_contact(interview: Interview) -> datetime:
    """The end, a planned start that is still to come, or the last change of the board."""
    times = [interview.design.updated_at, interview.scheduled_at, interview.ended_at]
    return max(time for time in times if time is not None)


def erases_at(interview: Interview) -> datetime | None:
    """None: never."""
    rule = rule_for(interview)
    return months_after(last_contact(interview), rule.months) if rule.months else None


def announced_for(interview: Interview) -> datetime | None:
    """When it goes by the rule, and not before who was warned has had their time. None: never."""
    due = erases_at(interview)
    warning = RetentionWarning.objects.filter(interview=interview).first()
    return max(due, warning.erases_at) if due and warning else due


def months_after(time: datetime, months: int) -> datetime:
    """The same day of a later month, or that month's last."""
    year, month = divmod(time.year * 12 + time.month - 1 + months, 12)
    day = min(time.day, monthrange(year, month + 1)[1])
    return time.replace(year=year, month=month + 1, day=day)


def apply_rules(_job: Job, lease: Lease) -> JsonObject:
    """The handler of the daily job. Nothing goes that was not warned of in time."""
    from apps.interviews.domain.privacy.erasure import request_erasure  # it reads rules from here

    warned = erased = 0
    for interview, due in _with_an_end():
        lease.renew()
        warning = RetentionWarning.objects.filter(interview=interview).first()
        if warning is None or warning.erases_at < due:  # or contact since has put it off
            warned += _warn(interview, due)
        elif clock.now() >= warning.erases_at:
            request_erasure(interview, actor_id=None, actor_name=BY_THE_SERVER)
            erased += 1
    return {"warned": warned, "erased": erased}


def _with_an_end() -> Iterator[tuple[Interview, datetime]]:
    for interview in Interview.objects.select_related("design").iterator(chunk_size=200):
        if due := erases_at(interview):
            yield interview, due


def _warn(interview: Interview, due: datetime) -> bool:
    """An interview found overdue, for a rule is new or the server was off, has the whole time
    between warning and erasure like any other."""
    now, before = clock.now(), timedelta(days=rule_for(interview).warns_days)
    if now < due - before:
        return False
    announced = max(due, now + before)
    with transaction.atomic():
        RetentionWarning.objects.update_or_create(
            interview=interview, defaults={"at": now, "erases_at": announced}
        )
        record(
            "retention.warned",
            actor_id=None,
            actor_name=BY_THE_SERVER,
            design_id=interview.pk,
            organisation_id=interview.design.organisation_id,
            details={"erases_at": announced.isoformat()},
        )
        signals.retention_warned.send(Interview, interview=interview, erases_at=announced)
    return True
