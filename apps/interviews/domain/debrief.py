"""What the panel writes down while it talks."""

from django.db import transaction

from apps.core import clock
from apps.core.errors import Conflict, Fault, Invalid
from apps.core.permissions import Action
from apps.designs.rules import Access, check
from apps.interviews.domain.decision import checked_text, tell_panel
from apps.interviews.domain.finding import flow_of, rubric_of
from apps.interviews.domain.withholding import may_see_peers
from apps.interviews.models import DebriefNote, Interview

LONGEST_NOTE = 4000
MOST_NOTES = 500


def write_note(interview: Interview, by: Access, item: str, text: str) -> DebriefNote:
    """item: a step or criterion, "" for the whole. Raises Conflict before one's own card is in."""
    check(by, Action.READ_PANEL)
    text = checked_text("text", text, LONGEST_NOTE)
    if item not in items_of(interview):
        raise Invalid(f"There is no {item!r}.", [Fault("$.item", "No step or criterion.")])
    if not may_see_peers(interview, by):
        raise Conflict("Submit your own score card first.")
    with transaction.atomic():
        if interview.debrief_notes.count() >= MOST_NOTES:
            raise Conflict(f"A debrief holds {MOST_NOTES} notes.")
        note = DebriefNote.objects.create(
            interview=interview,
            item=item,
            author_id=by.participant_id,
            author_name=by.name,
            text=text,
            at=clock.now(),
        )
        tell_panel(interview)
    return note


def items_of(interview: Interview) -> set[str]:
    """What a note may be about: the steps, the criteria, and "" for the whole."""
    criteria = rubric_of(interview.design).data["criteria"]
    assert isinstance(criteria, list)
    ids = {str(row["id"]) for row in criteria if isinstance(row, dict)}
    return {"", *ids, *(step.id for step in flow_of(interview.design).steps)}
