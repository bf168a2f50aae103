"""Who is named? In a blind review nobody, except to the owner and after the decision."""

from typing import Final

from apps.core.permissions import Role
from apps.designs.models import Participant
from apps.interviews.domain.queries.seats import PANEL, SeatedInterview
from apps.interviews.enums import Verdict

HIDDEN: Final = "Name hidden"
NAMELESS: Final = "Candidate"

VERDICTS: Final = {
    Verdict.STRONG_YES.value: ("Strong yes", "good"),
    Verdict.YES.value: ("Yes", "good"),
    Verdict.NO.value: ("No", "bad"),
    Verdict.STRONG_NO.value: ("Strong no", "bad"),
}


def is_hidden(interview: SeatedInterview) -> bool:
    return interview.is_blind and not interview.is_own and not hasattr(interview, "decision")


def candidate_of(interview: SeatedInterview, people: list[Participant]) -> str:
    """people: of the design, as `with_people` has them."""
    if is_hidden(interview):
        return HIDDEN
    joined = next((one.name for one in people if one.role == Role.CANDIDATE), "")
    return interview.candidate_name or joined or NAMELESS


def raters_of(interview: SeatedInterview, people: list[Participant]) -> list[Participant]:
    return [] if is_hidden(interview) else [one for one in people if one.role in PANEL]
