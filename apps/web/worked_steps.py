"""A worked design as a page shows it: step by step, the notes as HTML, the marks beside them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from apps.content import registry
from apps.content.types import Problem, StepMarks
from apps.web.markdown import html_of


@dataclass(frozen=True)
class Mark:
    """A criterion, its level or state, and the anchor that says what the level means."""

    criterion: str
    label: str
    level: int | str
    anchor: str


@dataclass(frozen=True)
class WorkedStep:
    number: int
    id: str
    name: str
    notes: SafeString
    why: str
    marks: tuple[Mark, ...]


def worked_steps(
    problem: Problem, notes: Mapping[str, str], marks: Mapping[str, StepMarks] | None = None
) -> list[WorkedStep]:
    """Every step of the flow; a step that was not reached has no notes."""
    given = marks or {}
    return [
        WorkedStep(
            step.number,
            step.id,
            step.name,
            html_of(notes.get(step.id, "")),
            given[step.id].why if step.id in given else "",
            marks_of(problem, given.get(step.id)),
        )
        for step in registry.flow(problem.flow).steps
    ]


def marks_of(problem: Problem, marks: StepMarks | None) -> tuple[Mark, ...]:
    if marks is None:
        return ()
    criteria = _criteria(problem.rubric)
    return tuple(_mark(criteria[name], level) for name, level in marks.levels.items())


def _mark(criterion: Any, level: int | str) -> Mark:
    anchor = criterion["anchors"][level - 1] if isinstance(level, int) else ""
    return Mark(criterion["id"], criterion["label"], level, anchor)


def _criteria(rubric_id: str) -> dict[str, Any]:
    found: Iterable[Any] = registry.rubric(rubric_id).data["criteria"]  # type: ignore[assignment] # its schema vouches
    return {criterion["id"]: criterion for criterion in found}
