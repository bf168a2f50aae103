"""The rows of interviews."""

from apps.interviews.models.cards import Evidence, Rating, Reveal, Revision, ScoreCard
from apps.interviews.models.debrief import DebriefNote, Decision, SignOff
from apps.interviews.models.interview import Accommodation, Interview, PlayEvent
from apps.interviews.models.machine import MachineStep
from apps.interviews.models.panel import PanelResult, PanelStep
from apps.interviews.models.privacy import (
    Consent,
    ErasedInterview,
    GroupAnswer,
    RetentionRule,
    RetentionWarning,
)
from apps.interviews.models.reports import ReleasedReport

__all__ = [
    "Accommodation",
    "Consent",
    "DebriefNote",
    "Decision",
    "ErasedInterview",
    "Evidence",
    "GroupAnswer",
    "Interview",
    "MachineStep",
    "PanelResult",
    "PanelStep",
    "PlayEvent",
    "Rating",
    "ReleasedReport",
    "RetentionRule",
    "RetentionWarning",
    "Reveal",
    "Revision",
    "ScoreCard",
    "SignOff",
]
