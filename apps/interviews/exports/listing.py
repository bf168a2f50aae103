"""A list of interviews as CSV, a line each, as the lists' pages link it."""

from collections.abc import Iterable
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Line:
    """One interview as the asker may see it. candidate: "" where names are hidden from them;
    shows_scores: their own card is in, so that nothing is withheld any more."""

    interview: Interview
    candidate: str
    shows_scores: bool


def list_csv(lines: Iterable[Line]) -> str:
    """The caller says whose interviews they are, and has selected `design`, `result` and
    `decision`."""
    return csv_text(HEADS, map(_row, lines))


def _row(line: Line) -> list[Value]:
    interview, design = line.interview, line.interview.design
    shown = interview if line.shows_scores else None
    result: PanelResult | None = getattr(shown, "result", None)
    decision: Decision | None = getattr(shown, "decision", None)
    return [
        str(design.id),
        design.title if line.candidate else "",
        line.candidate,
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
