"""What an interviewer holds back until its moment: twists, and answers to what is asked."""

from apps.core.errors import Conflict, NotFound
from apps.core.permissions import Action
from apps.designs.rules import Access, check
from apps.interviews.domain.finding import problem_of
from apps.interviews.domain.recording import Turn, turn
from apps.interviews.models import Interview
from apps.interviews.play import Kind, Stage


def play_twist(interview: Interview, by: Access, index: int) -> None:
    """Everybody reads the card from now on. Raises NotFound."""
    check(by, Action.RUN_INTERVIEW)
    with turn(interview, by) as now:
        problem = problem_of(now.interview.design)
        _record(now, Kind.TWIST, index, len(problem.twists) if problem else 0)


def reveal_clarification(interview: Interview, by: Access, index: int) -> None:
    """The candidate has asked, and reads the answer. Raises NotFound."""
    check(by, Action.RUN_INTERVIEW)
    with turn(interview, by) as now:
        problem = problem_of(now.interview.design)
        _record(now, Kind.CLARIFIED, index, len(problem.clarifications) if problem else 0)


def _record(now: Turn, kind: Kind, index: int, count: int) -> None:
    if now.play.stage not in (Stage.RUNNING, Stage.PAUSED):
        raise Conflict("The interview is not under way.")
    if not 0 <= index < count:
        raise NotFound(f"The problem has {count} of these, and no number {index}.")
    done = now.play.twists if kind == Kind.TWIST else now.play.clarified
    if index not in done:
        now.record(kind, amount=index)
