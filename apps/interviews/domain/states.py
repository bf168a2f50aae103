"""What becomes of each step: worked on, gone into deeply, skipped."""

from apps.core.errors import Conflict, Fault, Invalid
from apps.core.permissions import Action, Role
from apps.designs.rules import Access, check
from apps.interviews.domain.creation import MOST_DIVES
from apps.interviews.domain.recording import Turn, turn
from apps.interviews.enums import StepState
from apps.interviews.models import Interview
from apps.interviews.play import Kind, Stage, StepPlay
from apps.interviews.play.events import CANDIDATE

INTERVIEWER = "interviewer"


def enter_step(interview: Interview, by: Access, step: str) -> None:
    """Everybody works on this step from now; a skipped one is in play again."""
    check(by, Action.RUN_INTERVIEW)
    with turn(interview, by) as now:
        entered = _step(now, step)
        if now.play.step != step or entered.state not in (StepState.IN_PLAY, StepState.DEEP_DIVE):
            now.record(Kind.ENTERED, step=step)
            _at_most_two(now)


def deep_dive(interview: Interview, by: Access, step: str) -> None:
    """The step counts twice. Raises Conflict for a third."""
    check(by, Action.RUN_INTERVIEW)
    with turn(interview, by) as now:
        _step(now, step)
        now.record(Kind.DIVED, step=step)
        _at_most_two(now)


def end_deep_dive(interview: Interview, by: Access, step: str) -> None:
    check(by, Action.RUN_INTERVIEW)
    with turn(interview, by) as now:
        _step(now, step)
        now.record(Kind.DIVE_TAKEN_BACK, step=step)


def skip(interview: Interview, by: Access, step: str) -> None:
    """By the candidate it still counts half, by an interviewer not at all."""
    check(by, Action.SKIP_STEP)
    with turn(interview, by) as now:
        _step(now, step)
        chooser = CANDIDATE if by.role == Role.CANDIDATE else INTERVIEWER
        now.record(Kind.SKIPPED, step=step, text=chooser)


def unskip(interview: Interview, by: Access, step: str) -> None:
    """A candidate takes back only what a candidate has skipped."""
    check(by, Action.SKIP_STEP)
    with turn(interview, by) as now:
        state = _step(now, step).state
        if by.role == Role.CANDIDATE and state == StepState.SKIPPED_BY_INTERVIEWER:
            raise Conflict("An interviewer has skipped this step.")
        now.record(Kind.SKIP_TAKEN_BACK, step=step)


def _step(now: Turn, step: str) -> StepPlay:
    if now.play.stage == Stage.ENDED:
        raise Conflict("The interview has ended: its steps stay as they are.")
    found = next((one for one in now.play.steps if one.id == step), None)
    if found is None:
        reason = f"{step!r} is not a step of this interview."
        raise Invalid(reason, [Fault("$.step", reason)])
    return found


def _at_most_two(now: Turn) -> None:
    """Raised inside the transaction, so that nothing of it stays."""
    if len(now.play.dives) > MOST_DIVES:
        dives = " and ".join(now.play.dives[:MOST_DIVES])
        raise Conflict(f"At most {MOST_DIVES} deep dives: {dives} are there. Take one back first.")
