"""What a problem is: a brief for the candidate, and what interviewers know beyond it."""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from apps.content.types.card import ProblemCard
from apps.content.types.worked import Reference, WorkedAnswer

Difficulty: TypeAlias = Literal["warm-up", "standard", "hard"]


@dataclass(frozen=True)
class Clarification:
    """An answer the interviewer gives only when asked; asking is part of the task.

    decides: what in a design hangs on it.
    """

    question: str
    answer: str
    decides: str = ""


@dataclass(frozen=True)
class Number:
    """A fact to estimate from."""

    name: str
    value: float
    unit: str
    note: str = ""


@dataclass(frozen=True)
class Estimate:
    """A back-of-envelope sum, worked."""

    question: str
    working: str
    result: str


@dataclass(frozen=True)
class Twist:
    """A change of requirement for the middle of an interview.

    text: what the interviewer reads out. expects: what a good candidate changes.
    """

    title: str
    text: str
    expects: str = ""


@dataclass(frozen=True)
class FollowUp:
    """A question to go deeper with, and what to listen for in the answer."""

    step: str
    question: str
    listen_for: str


@dataclass(frozen=True)
class KeyComponent:
    """A component of one accepted answer, and the part it plays there."""

    type: str
    role: str


@dataclass(frozen=True)
class SpecialCriterion:
    """What a good answer to this very problem shows, and the rubric's criterion it belongs to."""

    id: str
    criterion: str
    text: str
    probe: str = ""


@dataclass(frozen=True)
class Reading:
    """A public write-up to read afterwards."""

    title: str
    by: str
    year: int


@dataclass(frozen=True)
class Problem:
    """A task of the bank. `not_applicable` holds criterion ids that make no sense for it.

    emphasis: ids of the steps it exercises most. plan: minutes by step id, by the interview's
    length in minutes.
    """

    id: str
    version: str
    author: str
    licence: str
    reviewed: str
    title: str
    family: str
    problem_families: tuple[str, ...]
    difficulty: Difficulty
    emphasis: tuple[str, ...]
    summary: str
    flow: str
    rubric: str
    prompt: str
    clarifications: tuple[Clarification, ...]
    key_components: tuple[KeyComponent, ...]
    special_criteria: tuple[SpecialCriterion, ...]
    twists: tuple[Twist, ...]
    not_applicable: tuple[str, ...]
    numbers: tuple[Number, ...] = ()
    estimates: tuple[Estimate, ...] = ()
    plan: dict[str, dict[str, int]] = field(default_factory=dict)
    follow_ups: tuple[FollowUp, ...] = ()
    card: ProblemCard | None = None
    shelf: tuple[Reading, ...] = ()
    reference: Reference | None = None
    answers: tuple[WorkedAnswer, ...] = ()
