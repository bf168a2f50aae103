"""Interviews as yardsticks: gold sessions to train on, and blind ones to review without names."""

from apps.core.errors import Conflict
from apps.core.permissions import Action
from apps.designs.rules import Access, check
from apps.interviews.models import Interview


def mark_gold(interview: Interview, by: Access, *, is_gold: bool) -> None:
    """New interviewers rate it from its replay. Raises Conflict before the decision."""
    check(by, Action.DECIDE)
    if is_gold and not hasattr(interview, "decision"):
        raise Conflict("Only a decided interview can be a gold session.")
    interview.is_gold = is_gold
    interview.save(update_fields=["is_gold"])


def mark_blind(interview: Interview, by: Access, *, is_blind: bool) -> None:
    """Raters who review it see no names on their lists until it is decided."""
    check(by, Action.MANAGE_SESSION)
    interview.is_blind = is_blind
    interview.save(update_fields=["is_blind"])
