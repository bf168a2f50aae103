"""Candidates beside each other: a row each, a cell a step, and how the levels spread."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from apps.accounts.actors import Actor
from apps.content.types import Flow, RubricPack
from apps.designs.models import Participant
from apps.interviews.domain.queries import comparing
from apps.interviews.domain.queries.mine import Shelf
from apps.interviews.domain.queries.seats import SeatedInterview
from apps.interviews.enums import StepState
from apps.interviews.statistics.ratings import as_level
from apps.web.dashboards.links import open_address, shelf_of
from apps.web.dashboards.mine import SHELF_NAMES
from apps.web.dashboards.names import VERDICTS, candidate_of, is_hidden, raters_of

ACROSS: Final = "xc"
OUT_OF_PLAY: Final = {
    StepState.NOT_REACHED.value: "Not reached",
    StepState.SKIPPED_BY_INTERVIEWER.value: "Skipped by the interviewer",
    StepState.SKIPPED_BY_CANDIDATE.value: "Skipped by the candidate",
}


@dataclass(frozen=True)
class Column:
    item: str
    number: str
    short: str
    name: str


@dataclass(frozen=True)
class Cell:
    """text: what is read; level: 1 to 4 for the colour, 0 without one; title: in words."""

    text: str
    level: int
    title: str
    is_dive: bool


@dataclass(frozen=True)
class GridRow:
    """total, coverage: None where others' cards are withheld."""

    candidate: str
    problem: str
    position: str
    when: datetime | None
    cells: list[Cell]
    total: float | None
    coverage: float | None
    is_own_only: bool
    tag: tuple[str, str]
    raters: list[Participant]
    color: int
    address: str


def columns_of(flow: Flow) -> list[Column]:
    steps = [Column(one.id, str(one.number), one.short_name, one.name) for one in flow.steps]
    return [*steps, Column(ACROSS, "", "Across", "Across the session")]


def grid_rows(
    actor: Actor,
    interviews: Sequence[SeatedInterview],
    columns: Sequence[Column],
    means: Mapping[comparing.Key, float],
) -> list[GridRow]:
    own = comparing.own_ratings(actor, interviews)
    states = comparing.step_states(interviews, [column.item for column in columns])
    return [
        _row(one, [_cell(one, item, means, own, states) for item in columns]) for one in interviews
    ]


def _row(interview: SeatedInterview, cells: list[Cell]) -> GridRow:
    design = interview.design
    people: list[Participant] = getattr(design, "people")  # noqa: B009 - of `with_people`
    result = getattr(interview, "result", None) if interview.is_own_card_in else None
    shelf = shelf_of(interview)
    candidate = next((one for one in people if one.role == "candidate"), None)
    return GridRow(
        candidate=candidate_of(interview, people),
        problem=design.problem_title or design.title,
        position=interview.position,
        when=interview.ended_at,
        cells=cells,
        total=result.total if result else None,
        coverage=100 * result.coverage if result else None,
        is_own_only=not interview.is_own_card_in,
        tag=_tag(interview, shelf),
        raters=raters_of(interview, people),
        color=candidate.color if candidate and not is_hidden(interview) else 1,
        address=open_address(interview, shelf)[1],
    )


def _tag(interview: SeatedInterview, shelf: Shelf) -> tuple[str, str]:
    if not interview.is_own_card_in:
        return SHELF_NAMES[Shelf.TO_SCORE], "warn"
    if shelf is Shelf.DONE:
        return VERDICTS[interview.decision.verdict]
    return SHELF_NAMES[shelf], "line"


def _cell(
    interview: SeatedInterview,
    column: Column,
    means: Mapping[comparing.Key, float],
    own: Mapping[comparing.Key, int | str],
    states: Mapping[comparing.Key, str],
) -> Cell:
    key: tuple[UUID, str] = (interview.pk, column.item)
    state = states.get(key, "")
    value = means.get(key) if interview.is_own_card_in else own.get(key)
    is_dive = state == StepState.DEEP_DIVE
    if isinstance(value, int | float):
        words = f"{column.name}: {value:.1f}{', deep dive' if is_dive else ''}"
        return Cell(f"{value:.1f}", as_level(value), words, is_dive)
    if state in OUT_OF_PLAY or column.item == ACROSS:
        return Cell("–", 0, f"{column.name}: {OUT_OF_PLAY.get(state, 'not rated')}", is_dive)
    if value is None and interview.is_own_card_in is False:
        return Cell("", 0, f"{column.name}: not rated yet", is_dive)
    text = str(value or "NE")
    why = "does not apply" if text == "NA" else "not enough evidence"
    return Cell(text, 0, f"{column.name}: {why}", is_dive)


def spread_chart(
    sessions: Sequence[comparing.Session], columns: Sequence[Column]
) -> list[dict[str, Any]]:
    counts = comparing.level_counts(sessions, [one.item for one in columns])
    return [
        {
            "kind": "spread",
            "item": one.item,
            "name": one.name,
            "counts": counts.get(one.item, [0] * 4),
        }
        for one in columns
    ]


def totals_chart(sessions: Sequence[comparing.Session], rubric: RubricPack) -> dict[str, Any]:
    data: Any = rubric.data
    bands = sorted(data["bands"], key=lambda band: band["least"])
    points = comparing.totals(sessions)
    return {
        "kind": "totals",
        "bands": [{"name": one["name"], "least": one["least"]} for one in bands],
        "points": [{"name": name, "total": round(total, 2)} for name, total in points],
    }


def expectations(
    interviews: Sequence[SeatedInterview],
    rubric: RubricPack,
    flow: Flow,
    means: Mapping[comparing.Key, float],
) -> list[dict[str, Any]]:
    """Of each seniority among them: how many reach each expected level, of those with a total."""
    data: Any = rubric.data
    found = []
    for expected in data.get("expectations", ()):
        of = [
            one
            for one in interviews
            if one.seniority == expected["id"] and one.is_own_card_in and hasattr(one, "result")
        ]
        lines = [
            _expected(step, level, of, means, flow) for step, level in expected["steps"].items()
        ]
        if of:
            found.append({"name": expected["name"], "candidates": len(of), "lines": lines})
    return found


def _expected(
    step_id: str,
    level: int,
    interviews: Sequence[SeatedInterview],
    means: Mapping[comparing.Key, float],
    flow: Flow,
) -> dict[str, Any]:
    step = flow.step(step_id)
    reached = sum(as_level(means.get((one.pk, step_id), 1)) >= level for one in interviews)
    return {"name": step.name if step else step_id, "level": level, "reached": reached}
