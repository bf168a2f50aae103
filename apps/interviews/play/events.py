"""What can happen in an interview. Each event carries the server's time and whose doing it was."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What `step`, `amount` and `text` of an event hold is said beside its kind."""

    STARTED = "started"
    PAUSED = "paused"
    RESUMED = "resumed"
    EXTENDED = "extended"  # amount: seconds more, or fewer
    ENDED = "ended"
    REOPENED = "reopened"  # text: the reason
    ENTERED = "entered"  # step: worked on from now
    DIVED = "dived"  # step: a deep dive
    DIVE_TAKEN_BACK = "dive_taken_back"  # step
    SKIPPED = "skipped"  # step; text: "interviewer" or "candidate", who chose so
    SKIP_TAKEN_BACK = "skip_taken_back"  # step
    THINKING = "thinking"  # amount: seconds of quiet from now, 0 to break off
    FROZEN = "frozen"  # the candidate's editing
    UNFROZEN = "unfrozen"
    TWIST = "twist"  # amount: its index in the problem
    CLARIFIED = "clarified"  # amount: the index of the clarification in the problem
    ADMITTED = "admitted"  # text: who was let in before the start


CANDIDATE = "candidate"  # text of a SKIPPED


@dataclass(frozen=True)
class Event:
    """by: id of the participant, "" for the server itself."""

    kind: Kind
    at: datetime
    by: str = ""
    step: str = ""
    amount: int = 0
    text: str = ""
