"""What the scorer, and an interviewer new to a problem, should know of it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Entity:
    """A thing of the problem's world and what else people call it."""

    name: str
    synonyms: tuple[str, ...]


@dataclass(frozen=True)
class OtherFraming:
    framing: str
    why_not: str


@dataclass(frozen=True)
class Framing:
    """The learning task as most good answers put it."""

    objective: str
    input: str
    output: str
    category: str
    alternatives: tuple[OtherFraming, ...]


@dataclass(frozen=True)
class Metric:
    name: str
    why: str


@dataclass(frozen=True)
class Metrics:
    offline: tuple[Metric, ...]
    online: tuple[Metric, ...]
    guardrails: tuple[Metric, ...]


@dataclass(frozen=True)
class Label:
    """A label that could be trained on, when it is known and where it misleads."""

    label: str
    delay: str
    weakness: str


@dataclass(frozen=True)
class Trap:
    """A usual mistake on this problem."""

    trap: str
    why: str


@dataclass(frozen=True)
class ProblemCard:
    """What the scorer and an interviewer new to the problem should know of it."""

    entities: tuple[Entity, ...]
    framing: Framing
    metrics: Metrics
    labels: tuple[Label, ...]
    traps: tuple[Trap, ...]
