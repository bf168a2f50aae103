"""What interviews, designs and rows announce, and who is told of it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models.signals import post_save, pre_delete
from django.dispatch import receiver

from apps.core import clock
from apps.designs.models import Participant
from apps.interviews import signals
from apps.interviews.models import Interview, ScoreCard
from apps.notifications.domain import deliveries, erasures, planning
from apps.notifications.domain.deliveries import announce
from apps.notifications.models import Letter


@receiver(signals.interview_created)
def tell_of_creation(interview: Interview, **_: Any) -> None:
    announce("interview.created", interview)


@receiver(signals.interview_started)
def tell_of_start(interview: Interview, **_: Any) -> None:
    announce("interview.started", interview)


@receiver(signals.interview_ended)
def tell_of_end(interview: Interview, **_: Any) -> None:
    announce("interview.ended", interview)


@receiver(signals.card_submitted)
def tell_of_card(interview: Interview, card: ScoreCard, **_: Any) -> None:
    announce("card.submitted", interview, card=card.id)


@receiver(signals.decided)
def tell_of_decision(interview: Interview, **_: Any) -> None:
    """That there is one. What it says is read in the product, by who may."""
    announce("interview.decided", interview)


@receiver(signals.report_released)
def tell_of_report(interview: Interview, **_: Any) -> None:
    announce("report.released", interview)


@receiver(signals.retention_warned)
def warn_of_erasure(interview: Interview, erases_at: datetime, **_: Any) -> None:
    erasures.warn(interview, erases_at)


@receiver(signals.candidate_erased)
def forget_letters(interview: Interview, **_: Any) -> None:
    planning.forget(interview.design_id)
    deliveries.forget(interview.design_id)


# Times and addresses change in many places, and each of them saves the row.
@receiver(post_save, sender=Interview)
def plan_letters(instance: Interview, **_: Any) -> None:
    if instance.scheduled_at is not None or _was_written_to(instance.design_id):
        planning.plan_soon(instance.design_id)


@receiver(post_save, sender=Participant)
def plan_letters_to_people(instance: Participant, **_: Any) -> None:
    ahead = Interview.objects.filter(pk=instance.design_id, scheduled_at__gt=clock.now())
    if ahead.exists():
        planning.plan_soon(instance.design_id)


@receiver(pre_delete, sender=Interview)
def cancel_letters(instance: Interview, **_: Any) -> None:
    planning.cancel_all(instance.design_id)
    deliveries.forget(instance.design_id)


def _was_written_to(interview_id: UUID) -> bool:
    return Letter.objects.filter(interview_id=interview_id).exists()
