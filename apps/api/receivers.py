"""What the interface does by itself when something happens to a design."""

from typing import Any
from uuid import UUID

from django.dispatch import receiver

from apps.api.work import FINAL_KIND
from apps.core.jobs import queue
from apps.designs.signals import design_ended
from apps.interviews.domain.finding import find_interview
from apps.interviews.domain.privacy.notices import may_score_by_itself


@receiver(design_ended)
def score_what_has_ended(design_id: UUID, **_: Any) -> None:
    """Who may end a session may have it scored; an interview only if that was asked for,
    and a candidate who was told so agrees."""
    interview = find_interview(design_id)
    if interview is not None and not may_score_by_itself(interview):
        return
    queue.enqueue(FINAL_KIND, design_id, {}, key=f"{FINAL_KIND}:{design_id}")
