"""What interviews answer when a design asks, and what they keep when something happens to them."""

from typing import Any
from uuid import UUID

from django.dispatch import receiver

from apps.designs.signals import candidate_email_asked
from apps.interviews.domain.finding import find_interview
from apps.interviews.domain.machine import keep_machine_steps
from apps.interviews.domain.panel import keep_machine_total
from apps.interviews.models import Interview
from apps.interviews.signals import card_revised, card_submitted, scores_revealed
from apps.scoring.models import ScoreRun
from apps.scoring.signals import run_finished, withholding_asked


@receiver(candidate_email_asked)
def tell_candidate_email(design_id: UUID, **_: Any) -> str:
    rows = Interview.objects.filter(design_id=design_id)
    return rows.values_list("candidate_email", flat=True).first() or ""


@receiver(withholding_asked)
def withhold_figures(design_id: UUID, **_: Any) -> bool:
    """Of an interview each interviewer sees them at another moment, after their own card."""
    return Interview.objects.filter(design_id=design_id).exists()


@receiver([card_submitted, card_revised, scores_revealed])
def compare_with_the_machine(interview: Interview, **_: Any) -> None:
    keep_machine_steps(interview)


@receiver(run_finished)
def keep_what_the_machine_says(run: ScoreRun, **_: Any) -> None:
    """It may come after the cards."""
    interview = find_interview(run.design_id)
    if interview is not None:
        keep_machine_steps(interview)
        keep_machine_total(interview)
