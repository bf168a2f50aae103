"""What is a scoring engine to the rest of the product? Another one has to offer just this."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol, TypedDict

from apps.content.types import Problem, RubricPack
from apps.core.json import JsonObject
from apps.designs.document.types import DesignDocument
from apps.scoring.engine.claimed import Basis


class StepScored(TypedDict):
    """A step's part of the reply, and how it came about. Plain JSON: it can be stored and sent."""

    result: JsonObject
    trace: JsonObject


class Vectors(Protocol):
    """A model that turns texts into vectors of unit length."""

    @property
    def model(self) -> str:
        """The SHA-256 of the model: other weights give other scores."""

    def of(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """A vector for each text. The same text has the same vector, whatever stands beside it."""


class Scoring(Protocol):
    """One document under one rubric. Pure: no method changes what another one gives."""

    @property
    def channels(self) -> tuple[str, ...]:
        """How evidence is looked for: ("lexical",) or ("lexical", "semantic")."""

    @property
    def step_ids(self) -> tuple[str, ...]:
        """In the order of the flow."""

    def input_hash(self, step: str) -> str:
        """SHA-256 over all that the step's result depends on: equal hashes, equal results."""

    def score_step(self, step: str) -> StepScored:
        """Steps may be scored in any order and in several processes."""

    def combine(self, steps: Mapping[str, StepScored]) -> JsonObject:
        """The reply of `docs/design-document.md`, "Scoring from the command line", with its trace.

        steps: every step's, wherever it was scored. Raises ValueError if one is missing.
        """

    def basis(self, step: str) -> Basis:
        """What others' claims about the step are held against, see `engine.claimed`."""

    def steps(self) -> Iterator[tuple[str, JsonObject]]:
        """Step id and its result, in the order of the flow, as soon as each is known."""

    def reply(self) -> JsonObject:
        """All steps scored and combined."""


class Engine(Protocol):
    """The same document, rubric, problem, version and model give the same bytes."""

    @property
    def id(self) -> str: ...

    @property
    def version(self) -> str: ...

    def start(
        self,
        document: DesignDocument,
        rubric: RubricPack,
        problem: Problem | None,
        vectors: Vectors | None = None,
    ) -> Scoring:
        """vectors: None scores by words alone."""
