"""A list of interviews as CSV, a line each, as the lists' pages link it."""

from collections.abc import Callable, Iterable

from apps.interviews.exports.safe_csv import Value, csv_text
from apps.interviews.models import Decision, Interview, PanelResult

HEADS = (
    "interview",
    "title",
    "candidate",
    "position",
    "seniority",
    "problem",
    "scheduled_at",
    "started_at",
    "ended_at",
    "raters",
    "total",
    "band",
    "coverage",
    "decision",
    "decided_at",
)


def list_csv(interviews: Iterable[Interview], may_see: Callable[[Interview], bool]) -> str:
    """may_see: whether the asker may be shown this interview's scores; else those cells are empty.

    The caller says whose interviews they are, and has selected `design`, `result` and `decision`.
    """
    return csv_text(HEADS, (_row(one, is_shown=may_see(one)) for one in interviews))


def _row(interview: Interview, *, is_shown: bool) -> list[Value]:
    design = interview.design
    result: PanelResult | None = getattr(interview, "result", None) if is_shown else None
    decision: Decision | None = getattr(interview, "decision", None) if is_shown else None
    return [
        str(design.id),
        design.title,
        interview.candidate_name,
        interview.position,
        interview.seniority,
        design.problem_id,
        *(
            moment.isoformat() if moment else None
            for moment in (interview.scheduled_at, interview.started_at, interview.ended_at)
        ),
        result.raters if result else None,
        result.total if result else None,
        result.band if result else None,
        result.coverage if result else None,
        decision.verdict if decision else None,
        decision.at.isoformat() if decision else None,
    ]
