"""Where an interview stands, and how much of that each role is told."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from apps.content.types import Problem
from apps.core import clock
from apps.core.json import JsonObject
from apps.core.permissions import Action, Role
from apps.designs.models import Participant
from apps.designs.rules import Access, can
from apps.interviews.aggregation.totals import capped
from apps.interviews.aggregation.weighing import weigh
from apps.interviews.domain.finding import flow_of, problem_of, rubric_of
from apps.interviews.enums import StepState
from apps.interviews.models import Accommodation, Interview, PlayEvent
from apps.interviews.play import Event, Kind, Plan, Play, Stage, play


def read(interview: Interview) -> Play:
    events = [_event(row) for row in interview.events.order_by("seq")]
    return play(plan_of(interview), events, clock.now())


def events_of(ids: Iterable[UUID]) -> dict[UUID, list[Event]]:
    """Of many interviews at once, in their order."""
    found: dict[UUID, list[Event]] = {}
    for row in PlayEvent.objects.filter(interview_id__in=ids).order_by("interview_id", "seq"):
        found.setdefault(row.interview_id, []).append(_event(row))
    return found


def plan_of(interview: Interview) -> Plan:
    """Of the flow that the session goes through now; the candidate's extra time is part of it."""
    flow = flow_of(interview.design)
    factor = float(accommodation_of(interview).extra_time)
    minutes = {step.id: interview.plan.get(step.id, step.minutes) for step in flow.steps}
    seconds = {step: 60 * factor * planned for step, planned in minutes.items()}
    return Plan(seconds, frozenset(interview.deep_dives))


def accommodation_of(interview: Interview) -> Accommodation:
    """What is set, or an unsaved row that asks for nothing."""
    try:
        return interview.accommodation
    except Accommodation.DoesNotExist:
        return Accommodation(interview=interview)


def play_json(interview: Interview, access: Access) -> JsonObject:
    """What this access may know of the interview now: docs/protocol.md."""
    now = read(interview)
    body: dict[str, Any] = {
        "stage": now.stage.value,
        "now": clock.now().isoformat(),
        "is_frozen": now.is_frozen,
        "is_waiting": access.is_waiting,
    }
    if access.is_waiting:
        return body
    body |= _twists_and_clarifications(interview, now, access)
    shows_clock = _shows_clock(interview, access)
    accommodation = accommodation_of(interview)
    is_candidate = access.role == Role.CANDIDATE
    body |= {
        "step": now.step or None,
        "shows_clock": shows_clock,
        "focus_mode": is_candidate and accommodation.focus_mode,
        "thinking_until": _iso(now.thinking_until),
        "steps": _steps(interview, now, access, shows_clock),
    }
    if shows_clock:
        body |= _times(now)
    if can(access, Action.RUN_INTERVIEW):
        body["waiting"] = _waiting(interview)
        body["preset"] = interview.preset
    return body


def _shows_clock(interview: Interview, access: Access) -> bool:
    return access.role != Role.CANDIDATE or not accommodation_of(interview).hides_clock


def _times(now: Play) -> dict[str, Any]:
    return {
        "started_at": _iso(now.started_at),
        "ended_at": _iso(now.ended_at),
        "planned_s": now.planned_s,
        "elapsed_s": now.elapsed_s,
        "extended_s": now.extended_s,
    }


def _steps(
    interview: Interview, now: Play, access: Access, shows_clock: bool
) -> list[dict[str, Any]]:
    """Weights are the interviewers' business: shares are told to them alone."""
    steps = []
    shares = shares_of(interview, now) if can(access, Action.RUN_INTERVIEW) else {}
    for step in now.steps:
        row: dict[str, Any] = {"id": step.id, "state": step.state.value}
        if shows_clock:
            row |= {"planned_s": step.planned_s, "spent_s": step.spent_s}
        if shares:
            row |= {
                "spent_by": dict(step.spent_by),
                "is_planned_dive": step.is_planned_dive,
                "share": shares.get(step.id, 0.0),
            }
        steps.append(row)
    return steps


def shares_of(interview: Interview, now: Play) -> dict[str, float]:
    """Step -> its share of all steps' weight if the interview ended like this, 0 to 1.

    Steps that are still to come count as if they were played.
    """
    ahead = now.stage != Stage.ENDED
    states = {
        step.id: StepState.IN_PLAY if ahead and step.state == StepState.NOT_REACHED else step.state
        for step in now.steps
    }
    rubric = rubric_of(interview.design)
    weighing = weigh(rubric.data, states, interview.preset)
    shares = capped(
        {step.id: step.weight * step.multiplier for step in weighing.steps if step.multiplier},
        weighing.largest_share,
    )
    return {step.id: float(shares.get(step.id, 0)) for step in now.steps}


def _twists_and_clarifications(interview: Interview, now: Play, access: Access) -> dict[str, Any]:
    """Interviewers see all of them; everybody else what was played or revealed."""
    problem = problem_of(interview.design)
    sees_all = can(access, Action.RUN_INTERVIEW)
    return {
        "twists": _twists(problem, now, sees_all),
        "clarifications": _clarifications(problem, now, sees_all),
    }


def _twists(problem: Problem | None, now: Play, sees_all: bool) -> list[dict[str, Any]]:
    rows = []
    for index, twist in enumerate(problem.twists if problem else ()):
        at = now.twists.get(index)
        if at or sees_all:
            row = {"index": index, "title": twist.title, "text": twist.text, "played_at": _iso(at)}
            rows.append(row | ({"expects": twist.expects} if sees_all else {}))
    return rows


def _clarifications(problem: Problem | None, now: Play, sees_all: bool) -> list[dict[str, Any]]:
    rows = []
    for index, known in enumerate(problem.clarifications if problem else ()):
        at = now.clarified.get(index)
        if at or sees_all:
            row = {
                "index": index,
                "question": known.question,
                "answer": known.answer,
                "revealed_at": _iso(at),
            }
            rows.append(row | ({"decides": known.decides} if sees_all else {}))
    return rows


def _waiting(interview: Interview) -> list[dict[str, Any]]:
    if interview.design.opened_at is not None:
        return []
    rows: Iterable[Participant] = interview.design.participants.filter(
        role=Role.CANDIDATE.value, removed_at=None, admitted_at=None
    )
    return [
        {"participant": str(row.id), "name": row.name, "since": row.joined_at.isoformat()}
        for row in rows
    ]


def _event(row: PlayEvent) -> Event:
    return Event(
        kind=Kind(row.kind),
        at=row.at,
        by=str(row.by_id or ""),
        step=row.step,
        amount=row.amount or 0,
        text=row.text,
    )


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
