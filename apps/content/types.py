"""What a flow, a catalogue, a problem and a rubric are. Values only; `loader` makes them."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from apps.core.json import JsonObject

Hue: TypeAlias = Literal["blue", "slate", "green", "amber", "violet", "rose"]
ConnectionKind: TypeAlias = Literal["request", "data", "training", "event"]


@dataclass(frozen=True)
class Prompt:
    """A question of the guide that stands beside a step."""

    title: str
    text: str


@dataclass(frozen=True)
class FlowStep:
    id: str
    number: int
    name: str
    short_name: str
    minutes: int
    purpose: str
    prompts: tuple[Prompt, ...]


@dataclass(frozen=True)
class Flow:
    """The steps an interview goes through. Nothing may assume that there are nine of them."""

    id: str
    version: str
    name: str
    steps: tuple[FlowStep, ...]

    def step(self, step_id: str) -> FlowStep | None:
        return next((step for step in self.steps if step.id == step_id), None)


@dataclass(frozen=True)
class Category:
    """A family of components; its hue colours cards, palette and diagram."""

    id: str
    name: str
    hue: Hue


@dataclass(frozen=True)
class ComponentType:
    """A kind of box that can stand on the board.

    icon: symbol id in the icon sprite, without `#`.
    outgoing: the kind proposed for a connection drawn from here, by target type; "*" is the rest.
    steps: numbers of the flow's steps that such a component is evidence for.
    """

    id: str
    name: str
    description: str
    category: str
    hue: Hue
    icon: str
    aliases: tuple[str, ...]
    outgoing: dict[str, ConnectionKind]
    steps: tuple[int, ...]


@dataclass(frozen=True)
class Catalogue:
    id: str
    version: str
    categories: tuple[Category, ...]
    components: tuple[ComponentType, ...]

    def component(self, type_id: str) -> ComponentType | None:
        return next((item for item in self.components if item.id == type_id), None)


@dataclass(frozen=True)
class Clarification:
    """An answer the interviewer gives only when asked; asking is part of the task."""

    question: str
    answer: str


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


@dataclass(frozen=True)
class Twist:
    """A change of requirement for the middle of an interview."""

    title: str
    text: str


@dataclass(frozen=True)
class Problem:
    """A task of the bank. `not_applicable` holds criterion ids that make no sense for it."""

    id: str
    version: str
    title: str
    family: str
    summary: str
    flow: str
    rubric: str
    prompt: str
    clarifications: tuple[Clarification, ...]
    key_components: tuple[KeyComponent, ...]
    special_criteria: tuple[SpecialCriterion, ...]
    twists: tuple[Twist, ...]
    not_applicable: tuple[str, ...]


@dataclass(frozen=True)
class RubricPack:
    """A rubric as its pack has it: what the data means is the scoring engine's business."""

    id: str
    version: str
    sha256: str
    data: JsonObject
