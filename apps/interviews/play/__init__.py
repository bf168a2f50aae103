"""What has happened in an interview so far, worked out from its events. Knows no framework."""

from apps.interviews.play.events import Event, Kind
from apps.interviews.play.play import Plan, Play, Stage, StepPlay, play

__all__ = ["Event", "Kind", "Plan", "Play", "Stage", "StepPlay", "play"]
