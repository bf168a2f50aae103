"""The rows of interviews."""

from apps.interviews.models.cards import Evidence, Rating, Reveal, Revision, ScoreCard
from apps.interviews.models.debrief import DebriefNote, Decision, SignOff
from apps.interviews.models.interview import Accommodation, Interview, PlayEvent
from apps.interviews.models.panel import PanelResult, PanelStep

__all__ = [
    "Accommodation",
    "DebriefNote",
    "Decision",
    "Evidence",
    "Interview",
    "PanelResult",
    "PanelStep",
    "PlayEvent",
    "Rating",
    "Reveal",
    "Revision",
    "ScoreCard",
    "SignOff",
]
