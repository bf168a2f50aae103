"""What a flow, a catalogue, a problem and a rubric are. Values only; `build` makes them."""

from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeAlias

from apps.core.json import JsonObject

Hue: TypeAlias = Literal["blue", "slate", "green", "amber", "violet", "rose"]
ConnectionKind: TypeAlias = Literal["request", "data", "training", "event"]
# As `board.schema.json` has it.
Board: TypeAlias = dict[str, Any]
Difficulty: TypeAlias = Literal["warm-up", "standard", "hard"]
# The length of an interview in minutes that its steps are planned for, if nobody says otherwise.
USUAL_LENGTH: Final = "45"


@dataclass(frozen=True)
class Prompt:
    """A question of the guide that stands beside a step.

    topic: the heading it is folded under. example: a line as somebody might type it.
    options: what there is to choose from, where a list helps.
    """

    id: str
    topic: str
    title: str
    question: str
    why: str
    example: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class FlowStep:
    """plan: minutes by the interview's length in minutes, "45" and "60"."""

    id: str
    number: int
    name: str
    short_name: str
    plan: dict[str, int]
    purpose: str
    prompts: tuple[Prompt, ...]

    @property
    def minutes(self) -> int:
        return self.plan[USUAL_LENGTH]


@dataclass(frozen=True)
class Flow:
    """The steps an interview goes through. Nothing may assume that there are nine of them.

    rubric: what designs of this flow are scored by, unless their problem names another.
    """

    id: str
    version: str
    name: str
    rubric: str
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
class SizeField:
    """A size worth writing down on a card, as a key of its `fields`. unit: empty for words."""

    name: str
    unit: str
    means: str


@dataclass(frozen=True)
class Ports:
    """The types that usually stand before and behind a component, by kind of connection."""

    incoming: dict[ConnectionKind, tuple[str, ...]]
    outgoing: dict[ConnectionKind, tuple[str, ...]]


@dataclass(frozen=True)
class ComponentType:
    """A kind of box that can stand on the board.

    description: what it is for. not_for: when not to use it.
    icon: symbol id in the icon sprite, without `#`.
    ports: advice, never a ban.
    outgoing: the kind proposed for a connection drawn from here, by target type; "*" is the rest.
    steps: numbers of the flow's steps that such a component is evidence for.
    """

    id: str
    name: str
    description: str
    not_for: str
    example: str
    category: str
    hue: Hue
    icon: str
    aliases: tuple[str, ...]
    ports: Ports
    outgoing: dict[str, ConnectionKind]
    fields: tuple[SizeField, ...]
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


@dataclass(frozen=True)
class Reading:
    """A public write-up to read afterwards."""

    title: str
    by: str
    year: int


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


@dataclass(frozen=True)
class RubricPack:
    """A rubric as its pack has it: what the data means is the scoring engine's business."""

    id: str
    version: str
    sha256: str
    data: JsonObject = field(compare=False)  # the hash stands for it
