"""What is set for one candidate: more time, a written brief, no clock, a quieter screen."""

from decimal import Decimal

from apps.core.permissions import Action
from apps.designs.rules import Access, check
from apps.interviews.domain.recording import turn
from apps.interviews.models import Accommodation, Interview


def set_for(
    interview: Interview,
    by: Access,
    *,
    extra_time: Decimal = Decimal(1),
    has_written_brief: bool = False,
    hides_clock: bool = False,
    focus_mode: bool = False,
) -> Accommodation:
    """All of it at once. Raises NotFound unless the asker may set it."""
    check(by, Action.SET_ACCOMMODATIONS)
    with turn(interview, by) as now:
        row, _ = Accommodation.objects.update_or_create(
            interview=now.interview,
            defaults={
                "extra_time": extra_time,
                "has_written_brief": has_written_brief,
                "hides_clock": hides_clock,
                "focus_mode": focus_mode,
                "set_by_name": by.name,
            },
        )
    return row
