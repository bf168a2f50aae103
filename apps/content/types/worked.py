"""What a worked design is: a reference or an answer, with notes, a board and marks."""

from dataclasses import dataclass
from typing import Any, TypeAlias

# As `board.schema.json` has it.
Board: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Alternative:
    choice: str
    instead_of: str
    when: str


@dataclass(frozen=True)
class ExcusedFinding:
    """A graph rule that speaks up on a reference board, and why the board may stay so."""

    rule: str
    reason: str


@dataclass(frozen=True)
class Reference:
    """One accepted answer of several. notes: Markdown by step id. board: as `boards` reads it."""

    summary: str
    alternatives: tuple[Alternative, ...]
    notes: dict[str, str]
    board: Board
    findings: tuple[ExcusedFinding, ...] = ()


@dataclass(frozen=True)
class StepMarks:
    """levels: 1..4, "NE" or "NA" by criterion id; why: what earned them."""

    why: str
    levels: dict[str, int | str]


@dataclass(frozen=True)
class WorkedAnswer:
    """What a candidate might have written and drawn, with the marks it should get.

    level: of the answer as a whole. marks: by step id, and `cross-step`.
    """

    id: str
    level: int
    style: str
    summary: str
    marks: dict[str, StepMarks]
    notes: dict[str, str]
    board: Board
