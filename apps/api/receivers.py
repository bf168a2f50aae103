"""What the interface does by itself when something happens to a design."""

from typing import Any
from uuid import UUID

from django.dispatch import receiver

from apps.api.work import FINAL_KIND, scores_by_itself
from apps.core.jobs import queue
from apps.designs.signals import design_ended


@receiver(design_ended)
def score_what_has_ended(design_id: UUID, **_: Any) -> None:
    """Who may end a session may have it scored."""
    if scores_by_itself(design_id):
        queue.enqueue(FINAL_KIND, design_id, {}, key=f"{FINAL_KIND}:{design_id}")
