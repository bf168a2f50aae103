"""What does the page of one's own progress show? Past practice as a chart and a table, and what to
try next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from apps.content.types import Flow
from apps.scoring.domain.queries.practice import Progress
from apps.scoring.models import ScoreRun
from apps.web.why_words import counted_words

# The chart, in pixels of its own coordinates.
WIDTH: Final = 400
HEIGHT: Final = 180
LEFT, RIGHT, TOP, BOTTOM = 32, 24, 20, 24
GRID: Final = (0, 25, 50, 75, 100)
MOST_TO_TRY: Final = 3
# Smaller differences are no news: a word more or less moves a score as much.
NOTICEABLE: Final = 2


@dataclass(frozen=True)
class Session:
    """A past session with its last score. steps: as the columns of the table."""

    number: int
    design_id: UUID
    run_id: UUID
    title: str
    when: datetime
    total: float | None
    steps: list[float | None]
    engine: str
    is_this: bool


@dataclass(frozen=True)
class Point:
    x: float
    y: float
    number: int
    total: float


@dataclass(frozen=True)
class GridLine:
    y: float
    label: int


@dataclass(frozen=True)
class Chart:
    points: list[Point]
    line: str
    grid: list[GridLine]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT


@dataclass(frozen=True)
class Try:
    step: str
    score: float
    question: str


@dataclass(frozen=True)
class ProgressPage:
    sessions: list[Session]
    columns: list[str]
    sentences: list[str]
    chart: Chart | None
    to_try: list[Try]
    others: int
    rubric: str
    has_other_engines: bool


def progress_page(progress: Progress, flow: Flow, this: UUID) -> ProgressPage:
    sessions = [
        _session(number, run, flow, this) for number, run in enumerate(progress.runs, start=1)
    ]
    return ProgressPage(
        sessions=sessions,
        columns=[step.short_name for step in flow.steps],
        sentences=list(_sentences(sessions, flow)),
        chart=_chart(sessions),
        to_try=_to_try(progress.runs[-1], flow) if progress.runs else [],
        others=progress.others,
        rubric=f"{progress.rubric_id} {progress.rubric_version}",
        has_other_engines=len({session.engine for session in sessions}) > 1,
    )


def _session(number: int, run: ScoreRun, flow: Flow, this: UUID) -> Session:
    result: Any = run.result
    return Session(
        number=number,
        design_id=run.design_id,
        run_id=run.id,
        title=run.design.title,
        when=run.finished_at or run.created_at,
        total=result["overall"]["score"],
        steps=[result["steps"].get(step.id, {}).get("score") for step in flow.steps],
        engine=f"{run.engine_id} {run.engine_version} {'+'.join(result.get('channels', ()))}",
        is_this=run.design_id == this,
    )


def _sentences(sessions: list[Session], flow: Flow) -> Iterable[str]:
    """What a friend who can count would say: no praise, no blame, where it went up, where it is
    low."""
    if not sessions:
        return
    last = sessions[-1]
    yield f"{counted_words(len(sessions), 'session', 'sessions')} with feedback so far."
    totals = [one.total for one in sessions if one.total is not None]
    if last.total is None:
        yield "The last one has too little text for a total; its steps are still read one by one."
    elif len(totals) > 1:
        yield f"The last total is {last.total:.0f}, {_change(totals[0], last.total)} the first."
    else:
        yield f"The last total is {last.total:.0f}."
    yield from _most_gained(sessions, flow)


def _change(before: float, after: float) -> str:
    difference = round(after) - round(before)
    if difference == 0:
        return "the same as"
    return f"{abs(difference)} {'above' if difference > 0 else 'below'}"


def _most_gained(sessions: list[Session], flow: Flow) -> Iterable[str]:
    gains = [
        (after - before, step.name)
        for step, before, after in zip(
            flow.steps, sessions[0].steps, sessions[-1].steps, strict=True
        )
        if before is not None and after is not None
    ]
    best = max(gains, default=(0.0, ""))
    if len(sessions) > 1 and best[0] >= NOTICEABLE:
        yield f"“{best[1]}” went up most since the first, by {best[0]:.0f}."


def _chart(sessions: list[Session]) -> Chart | None:
    """Totals from left to right; a line needs two of them."""
    known = [(one.number, one.total) for one in sessions if one.total is not None]
    if len(known) < 2:
        return None
    gap = (WIDTH - LEFT - RIGHT) / (len(sessions) - 1)
    points = [
        Point(round(LEFT + (number - 1) * gap, 1), _y(total), number, total)
        for number, total in known
    ]
    line = " ".join(f"{point.x},{point.y}" for point in points)
    return Chart(points, line, [GridLine(_y(value), value) for value in GRID])


def _y(score: float) -> float:
    return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - score / 100), 1)


def _to_try(run: ScoreRun, flow: Flow) -> list[Try]:
    """The weakest steps of the last session, each with its first open question."""
    result: Any = run.result
    steps = [(result["steps"].get(step.id), step.name) for step in flow.steps]
    played = [(step, name) for step, name in steps if step and step["score"] is not None]
    weakest = sorted(played, key=lambda one: one[0]["score"])
    found = [Try(name, step["score"], ask) for step, name in weakest for ask in _open(step)]
    return found[:MOST_TO_TRY]


def _open(step: Any) -> list[str]:
    """The question of the criterion that lacks most; none where nothing is missing."""
    missing = [
        (criterion["level"] or 0, criterion["missing"][0])
        for criterion in step["criteria"]
        if criterion["state"] != "NA" and criterion["missing"]
    ]
    return [min(missing)[1]] if missing else []
