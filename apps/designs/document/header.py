"""The part of a design document that is not live content: identity, flow, problem, comments."""

from dataclasses import dataclass, field
from typing import Final

from apps.core.json import Json, JsonObject
from apps.designs.document.types import DesignDocument, FlowRef, ProblemRef

DEFAULT_FLOW: Final = FlowRef(id="ml-9-step", version="1.0.0")
DEFAULT_TITLE: Final = "Untitled design"

_KNOWN_KEYS = frozenset(DesignDocument.__annotations__)


@dataclass(frozen=True)
class Header:
    """extra: the top-level keys that the product does not know; they ride along."""

    id: str
    title: str
    created_at: str
    updated_at: str
    flow: FlowRef
    problem: ProblemRef | None = None
    comments: list[Json] = field(default_factory=list)
    extra: JsonObject = field(default_factory=dict)


def unknown_keys(document: DesignDocument) -> JsonObject:
    """The top-level keys that the format does not name, with their values."""
    return {key: value for key, value in document.items() if key not in _KNOWN_KEYS}  # type: ignore[misc] # values of unknown keys are JSON
