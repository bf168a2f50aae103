"""What is a scoring engine to the rest of the product? Another one has to offer just this."""

from collections.abc import Iterator
from typing import Protocol

from apps.content.types import Problem, RubricPack
from apps.core.json import JsonObject
from apps.designs.document.types import DesignDocument


class Scoring(Protocol):
    """One document being scored. `reply` is whole once `steps` has run to its end."""

    def steps(self) -> Iterator[tuple[str, JsonObject]]:
        """Step id and its result, in the order of the flow, as soon as each is known."""

    def reply(self) -> JsonObject:
        """The reply of `docs/design-document.md`, "Scoring from the command line"."""


class Engine(Protocol):
    """The same document, rubric, problem and version give the same bytes."""

    @property
    def id(self) -> str: ...

    @property
    def version(self) -> str: ...

    def start(
        self, document: DesignDocument, rubric: RubricPack, problem: Problem | None
    ) -> Scoring: ...
