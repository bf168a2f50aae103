"""What a drill is: ten to fifteen minutes on one topic."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Idea:
    """A method of a drill's topic. compare: against which other, on what."""

    term: str
    gist: str
    compare: str = ""


@dataclass(frozen=True)
class DrillQuestion:
    """good: what a good answer says. deeper: the question to go on with."""

    question: str
    good: str
    deeper: str = ""


@dataclass(frozen=True)
class Pitfall:
    claim: str
    correction: str


@dataclass(frozen=True)
class Exercise:
    task: str
    solution: str


@dataclass(frozen=True)
class Drill:
    """Ten to fifteen minutes on one topic. marks: what earns each of the four levels."""

    id: str
    version: str
    author: str
    licence: str
    reviewed: str
    title: str
    minutes: int
    topic: str
    steps: tuple[str, ...]
    criteria: tuple[str, ...]
    prompt: str
    ideas: tuple[Idea, ...]
    questions: tuple[DrillQuestion, ...]
    pitfalls: tuple[Pitfall, ...]
    exercise: Exercise
    marks: dict[str, str]
    problems: tuple[str, ...]
