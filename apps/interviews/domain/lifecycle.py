"""What people do to an interview as a whole: start, pause, give time, freeze, end, reopen."""

from collections.abc import Collection
from uuid import UUID

from apps.core import clock
from apps.core.errors import Conflict, Fault, Invalid, NotFound
from apps.core.events import Audience, publish
from apps.core.permissions import Action, Role
from apps.designs.domain import lifecycle as designs
from apps.designs.domain.announcing import announce_access
from apps.designs.models import DesignSession, Participant
from apps.designs.rules import Access, check
from apps.interviews import signals
from apps.interviews.domain.finding import find_interview
from apps.interviews.domain.recording import Turn, turn
from apps.interviews.models import Interview
from apps.interviews.play import Kind, Stage

LONGEST_EXTENSION_S = 60 * 60
LONGEST_THINKING_S = 15 * 60
BEGUN = (Stage.RUNNING, Stage.PAUSED)


def start(interview: Interview, by: Access) -> None:
    """Opens the session to whoever waits, and the clock runs. Raises Conflict."""
    check(by, Action.RUN_INTERVIEW)
    with turn(interview, by) as now:
        _must_be(now, {Stage.LOBBY}, "started")
        now.record(Kind.STARTED)
        now.interview.started_at = now.play.started_at
        now.interview.save(update_fields=["started_at"])
        _open(now.interview.design)
        signals.interview_started.send(Interview, interview=now.interview, by_name=by.name)


def pause(interview: Interview, by: Access) -> None:
    check(by, Action.RUN_INTERVIEW)
    with turn(interview, by) as now:
        _must_be(now, {Stage.RUNNING}, "paused")
        now.record(Kind.PAUSED)


def resume(interview: Interview, by: Access) -> None:
    check(by, Action.RUN_INTERVIEW)
    with turn(interview, by) as now:
        _must_be(now, {Stage.PAUSED}, "resumed")
        now.record(Kind.RESUMED)


def extend(interview: Interview, by: Access, seconds: int) -> None:
    """Gives time, or takes back some that was given."""
    check(by, Action.RUN_INTERVIEW)
    if not seconds or abs(seconds) > LONGEST_EXTENSION_S:
        limit = LONGEST_EXTENSION_S // 60
        raise _invalid("seconds", f"{seconds} s is nothing, or more than {limit} minutes.")
    with turn(interview, by) as now:
        _must_be(now, {Stage.LOBBY, *BEGUN}, "given time")
        if now.play.extended_s + seconds < 0:
            raise Conflict("That is more time than was given.")
        now.record(Kind.EXTENDED, amount=seconds)


def think(interview: Interview, by: Access, seconds: int) -> None:
    """Quiet time from now, in which nobody asks anything; 0 breaks it off."""
    check(by, Action.RUN_INTERVIEW)
    if not 0 <= seconds <= LONGEST_THINKING_S:
        limit = LONGEST_THINKING_S // 60
        raise _invalid("seconds", f"{seconds} s is not between 0 and {limit} minutes.")
    with turn(interview, by) as now:
        _must_be(now, BEGUN, "given time to think")
        now.record(Kind.THINKING, amount=seconds)


def freeze(interview: Interview, by: Access, *, frozen: bool) -> None:
    """The candidate may look and not edit, or edit again. Doing it twice changes nothing."""
    check(by, Action.RUN_INTERVIEW)
    with turn(interview, by) as now:
        _must_be(now, BEGUN, "frozen or unfrozen")
        if now.play.is_frozen != frozen:
            now.record(Kind.FROZEN if frozen else Kind.UNFROZEN)
            _set(now.interview.design, is_frozen=frozen)


def admit(interview: Interview, by: Access, participant_id: UUID) -> None:
    """Lets somebody out of the lobby before the start. Raises NotFound."""
    check(by, Action.RUN_INTERVIEW)
    with turn(interview, by) as now:
        design = now.interview.design
        waiting = design.participants.filter(
            id=participant_id, role=Role.CANDIDATE.value, removed_at=None, admitted_at=None
        )
        person = waiting.first()
        if person is None:
            raise NotFound("There is nobody of that name in the lobby.")
        waiting.update(admitted_at=clock.now())
        now.record(Kind.ADMITTED, text=person.name)
        announce_access(design.id)


def end_session(design: DesignSession, by: Access) -> None:
    """Of practice too, which has no clock to stop."""
    interview = find_interview(design.id)
    if interview is not None:
        end(interview, by)
        design.refresh_from_db()
    else:
        check(by, Action.END_SESSION)
        designs.end(design)


def end(interview: Interview, by: Access) -> None:
    """The record is final from now on. Ending twice changes nothing."""
    check(by, Action.END_SESSION)
    with turn(interview, by) as now:
        if now.play.stage == Stage.ENDED:
            return
        now.record(Kind.ENDED)
        row = now.interview
        row.ended_at = now.play.ended_at
        row.candidate = row.candidate or _candidate(row.design)
        row.save(update_fields=["ended_at", "candidate"])
        designs.end(row.design)
        signals.interview_ended.send(Interview, interview=row, by_name=by.name)


def reopen(interview: Interview, by: Access, reason: str) -> None:
    """The clock stands still until somebody lets it run. Raises Invalid without a reason."""
    check(by, Action.REOPEN)
    if not reason.strip():
        raise _invalid("reason", "Say why an ended interview is opened again.")
    with turn(interview, by) as now:
        _must_be(now, {Stage.ENDED}, "reopened")
        now.record(Kind.REOPENED, text=reason.strip())
        row = now.interview
        row.ended_at, row.reopened_reason = None, reason.strip()
        row.save(update_fields=["ended_at", "reopened_reason"])
        _set(row.design, ended_at=None)
        publish(row.design_id, Audience.EVERYBODY, "design.reopened", {})
        signals.interview_reopened.send(
            Interview, interview=row, by_name=by.name, reason=reason.strip()
        )


def _open(design: DesignSession) -> None:
    if design.opened_at is None:
        _set(design, opened_at=clock.now())


def _set(design: DesignSession, **fields: object) -> None:
    """Open sockets ask for their rights again."""
    for name, value in fields.items():
        setattr(design, name, value)
    design.save(update_fields=list(fields))
    announce_access(design.id)


def _candidate(design: DesignSession) -> Participant | None:
    return design.participants.filter(role=Role.CANDIDATE.value, removed_at=None).first()


def _must_be(now: Turn, stages: Collection[Stage], done: str) -> None:
    if now.play.stage not in stages:
        raise Conflict(f"The interview cannot be {done}: {_WORDS[now.play.stage]}.")


_WORDS = {
    Stage.LOBBY: "it has not started",
    Stage.RUNNING: "its clock is running",
    Stage.PAUSED: "it is paused",
    Stage.ENDED: "it has ended",
}


def _invalid(field: str, reason: str) -> Invalid:
    return Invalid(reason, [Fault(f"$.{field}", reason)])
