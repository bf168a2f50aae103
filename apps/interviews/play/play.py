"""Where does an interview stand? Its events, taken one after the other, say it.

Times are differences between the server's own timestamps, so neither a browser's clock nor a
restart of the server can change them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from apps.interviews.enums import StepState
from apps.interviews.play.events import CANDIDATE, Event, Kind


class Stage(StrEnum):
    LOBBY = "lobby"
    RUNNING = "running"
    PAUSED = "paused"
    ENDED = "ended"


@dataclass(frozen=True)
class Plan:
    """seconds: by step, in the flow's order. deep_dives: steps planned as such."""

    seconds: Mapping[str, float]
    deep_dives: frozenset[str] = frozenset()


@dataclass(frozen=True)
class StepPlay:
    """spent_by: seconds by the id of the participant who led the way there."""

    id: str
    state: StepState
    planned_s: float
    spent_s: float
    spent_by: Mapping[str, float]
    is_planned_dive: bool


@dataclass(frozen=True)
class Play:
    """elapsed_s: while the clock ran. extended_s: given beyond the plan, or taken from it.
    twists, clarified: index in the problem -> when it was first played or revealed.
    """

    stage: Stage
    steps: tuple[StepPlay, ...]
    step: str
    elapsed_s: float
    extended_s: float
    is_frozen: bool
    started_at: datetime | None
    ended_at: datetime | None
    thinking_until: datetime | None
    twists: Mapping[int, datetime]
    clarified: Mapping[int, datetime]

    @property
    def planned_s(self) -> float:
        return sum(step.planned_s for step in self.steps) + self.extended_s

    @property
    def dives(self) -> list[str]:
        return [step.id for step in self.steps if step.state == StepState.DEEP_DIVE]


def play(plan: Plan, events: Iterable[Event], now: datetime) -> Play:
    """events: in their order, none later than now. Steps that the plan does not know are left out,
    for the session may have gone through another flow meanwhile."""
    tape = _Tape(dives=set(plan.deep_dives))
    for event in events:
        tape.run_to(event.at)
        tape.take(event)
    tape.run_to(now)
    return Play(
        stage=tape.stage,
        steps=tuple(_step(step, plan, tape) for step in plan.seconds),
        step=tape.step,
        elapsed_s=tape.elapsed_s,
        extended_s=tape.extended_s,
        is_frozen=tape.is_frozen,
        started_at=tape.started_at,
        ended_at=tape.ended_at,
        thinking_until=_still(tape.thinking_until, now),
        twists=tape.twists,
        clarified=tape.clarified,
    )


@dataclass
class _Tape:
    """Everything as it stands at `at`."""

    dives: set[str]
    stage: Stage = Stage.LOBBY
    at: datetime | None = None
    step: str = ""
    leader: str = ""  # who led the way to the step
    elapsed_s: float = 0.0
    extended_s: float = 0.0
    is_frozen: bool = False
    started_at: datetime | None = None
    ended_at: datetime | None = None
    thinking_until: datetime | None = None
    reached: set[str] = field(default_factory=set)
    skipped: dict[str, StepState] = field(default_factory=dict)
    spent: dict[str, dict[str, float]] = field(default_factory=dict)
    twists: dict[int, datetime] = field(default_factory=dict)
    clarified: dict[int, datetime] = field(default_factory=dict)

    def run_to(self, at: datetime) -> None:
        # A clock that was set back does not take away what has passed.
        passed_s = max(0.0, (at - self.at).total_seconds()) if self.at else 0.0
        self.at = max(self.at, at) if self.at else at
        if self.stage != Stage.RUNNING:
            return
        self.elapsed_s += passed_s
        if self.step:
            by = self.spent.setdefault(self.step, {})
            by[self.leader] = by.get(self.leader, 0.0) + passed_s

    def take(self, event: Event) -> None:
        match event.kind:
            case Kind.STARTED | Kind.RESUMED:
                self.stage = Stage.RUNNING
                self.started_at = self.started_at or event.at
            case Kind.PAUSED:
                self.stage = Stage.PAUSED
            case Kind.EXTENDED:
                self.extended_s += event.amount
            case Kind.ENDED:
                self.stage, self.ended_at, self.thinking_until = Stage.ENDED, event.at, None
            case Kind.REOPENED:
                self.stage, self.ended_at = Stage.PAUSED, None
            case Kind.THINKING:
                seconds = timedelta(seconds=event.amount)
                self.thinking_until = event.at + seconds if event.amount else None
            case Kind.FROZEN | Kind.UNFROZEN:
                self.is_frozen = event.kind == Kind.FROZEN
            case Kind.TWIST:
                self.twists.setdefault(event.amount, event.at)
            case Kind.CLARIFIED:
                self.clarified.setdefault(event.amount, event.at)
            case Kind.ADMITTED:
                pass
            case _:
                self._take_step(event)

    def _take_step(self, event: Event) -> None:
        match event.kind:
            case Kind.ENTERED:
                self.step, self.leader = event.step, event.by
                self.reached.add(event.step)
                self.skipped.pop(event.step, None)
            case Kind.DIVED:
                self.dives.add(event.step)
            case Kind.DIVE_TAKEN_BACK:
                self.dives.discard(event.step)
            case Kind.SKIPPED:
                self.skipped[event.step] = _skip_of(event)
            case Kind.SKIP_TAKEN_BACK:
                self.skipped.pop(event.step, None)


def _skip_of(event: Event) -> StepState:
    by_candidate = event.text == CANDIDATE
    return StepState.SKIPPED_BY_CANDIDATE if by_candidate else StepState.SKIPPED_BY_INTERVIEWER


def _step(step: str, plan: Plan, tape: _Tape) -> StepPlay:
    spent_by = tape.spent.get(step, {})
    return StepPlay(
        id=step,
        state=_state(step, tape),
        planned_s=plan.seconds[step],
        spent_s=sum(spent_by.values()),
        spent_by=spent_by,
        is_planned_dive=step in plan.deep_dives,
    )


def _state(step: str, tape: _Tape) -> StepState:
    if step in tape.skipped:
        return tape.skipped[step]
    if step not in tape.reached:
        return StepState.NOT_REACHED
    return StepState.DEEP_DIVE if step in tape.dives else StepState.IN_PLAY


def _still(moment: datetime | None, now: datetime) -> datetime | None:
    return moment if moment and moment > now else None
