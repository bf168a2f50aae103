"""The JSON form of a whole design, as TypedDicts.

`docs/design-document.md` says what each key means. Lengths are board pixels at zoom 1, y down.
"""

from typing import Literal, NotRequired, TypeAlias, TypedDict

from apps.core.json import Json, JsonObject

FORMAT = "ninestep/design"
VERSION = 1

StepStatus: TypeAlias = Literal[
    "in_play", "deep_dive", "skipped_by_interviewer", "skipped_by_candidate", "not_reached"
]
ConnectionKind: TypeAlias = Literal["request", "data", "training", "event"]


class FlowRef(TypedDict):
    id: str
    version: str


class ProblemRef(TypedDict):
    id: str
    version: str
    title: str
    prompt: str


class StepBody(TypedDict):
    id: str
    number: int
    status: StepStatus
    notes: str


class ComponentBody(TypedDict):
    id: str
    type: str
    name: str
    notes: str
    x: float
    y: float
    width: float
    height: float
    group: str | None
    pinned: bool
    tags: list[str]
    fields: JsonObject


class ConnectionBody(TypedDict):
    id: str
    source: str
    target: str
    source_port: str | None
    target_port: str | None
    kind: ConnectionKind
    label: str
    waypoints: list[list[float]]


class GroupBody(TypedDict):
    id: str
    name: str
    kind: str
    parent: str | None
    x: float
    y: float
    width: float
    height: float


class StickyBody(TypedDict):
    id: str
    text: str
    x: float
    y: float
    width: float
    height: float
    color: str


class StrokeBody(TypedDict):
    id: str
    points: list[list[float]]
    color: str
    width: float


class TextBody(TypedDict):
    id: str
    text: str
    x: float
    y: float


class BoardBody(TypedDict):
    components: list[ComponentBody]
    connections: list[ConnectionBody]
    groups: list[GroupBody]
    stickies: list[StickyBody]
    strokes: list[StrokeBody]
    texts: list[TextBody]


class DesignDocument(TypedDict):
    """A whole, normalised design. Unknown top-level keys ride along beside these."""

    format: str
    version: int
    id: str
    title: str
    created_at: str
    updated_at: str
    flow: FlowRef
    problem: NotRequired[ProblemRef]
    steps: list[StepBody]
    board: BoardBody
    comments: list[Json]
