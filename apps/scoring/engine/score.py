"""What does a design document earn under a rubric? The whole reply, or step by step.

    scoring.score_step("metrics")           one step, in any order and any process
    scoring.combine(steps)                  the reply of `docs/design-document.md`

The same document with the same rubric gives the same reply, byte for byte.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from typing import Any, Final

from apps.core.json import Json, JsonObject
from apps.designs.document.types import DesignDocument, StepBody
from apps.scoring.engine.annotate import Annotated, annotate
from apps.scoring.engine.claimed import Basis
from apps.scoring.engine.findings import Finding, find
from apps.scoring.engine.graph import graph_of
from apps.scoring.engine.inputs import (
    Settings,
    StepInput,
    Wording,
    names_of,
    own_frames,
    rules_of,
    said_before,
)
from apps.scoring.engine.interface import StepScored, Vectors
from apps.scoring.engine.levels import on_board
from apps.scoring.engine.overall import RatedStep, multiplier, overall
from apps.scoring.engine.predicates import Predicates
from apps.scoring.engine.quality import frames_of
from apps.scoring.engine.rubric import Criterion, Rubric, Step
from apps.scoring.engine.steps import judged, score_step
from apps.scoring.engine.topic import Elsewhere, entities_of, named_elsewhere
from apps.scoring.engine.units import part_read, units_of

ENGINE_ID: Final = "lexical"
ENGINE_VERSION: Final = "2.2.0"


@dataclass(frozen=True, slots=True)
class Context:
    """What the engine is told beside the document and the rubric.

    templates: texts that everybody is given, such as the questions of the guide.
    component_names: lower-case name or alias -> component type.
    not_applicable: criteria that this problem does not ask for.
    families: the kinds of learning task that the problem is, where that is known.
    shared_stems: of words that many problem statements share, so that they name no problem.
    """

    templates: tuple[str, ...] = ()
    component_names: dict[str, str] = field(default_factory=dict)
    not_applicable: frozenset[str] = frozenset()
    families: frozenset[str] = frozenset()
    shared_stems: frozenset[str] = frozenset()


@dataclass(frozen=True)
class LexicalScoring:
    """One document under one rubric. What is found out on the way is kept for the next step."""

    document: DesignDocument
    rubric: Rubric
    context: Context = Context()
    vectors: Vectors | None = None

    @property
    def channels(self) -> tuple[str, ...]:
        return ("lexical",) if self.vectors is None else ("lexical", "semantic")

    @property
    def step_ids(self) -> tuple[str, ...]:
        return tuple(step.id for step in self.rubric.steps)

    def input_hash(self, step: str) -> str:
        return self._input(step).sha256(self._settings)

    def score_step(self, step: str) -> StepScored:
        return score_step(self._with_similarity(self._input(step)), self._settings)

    def combine(self, steps: Mapping[str, StepScored]) -> JsonObject:
        if missing := [step for step in self.step_ids if step not in steps]:
            raise ValueError(f"These steps have not been scored: {', '.join(missing)}")
        rated = [_rated(step, steps[step.id]) for step in self.rubric.steps]
        total = overall(rated, self.rubric)
        rubric: JsonObject = {"id": self.rubric.id, "version": self.rubric.version}
        engine: JsonObject = {"id": ENGINE_ID, "version": ENGINE_VERSION}
        channels = list[Json](self.channels)
        return {
            "rubric": rubric,
            "engine": engine,
            "channels": channels,
            "overall": total.as_json(),
            "steps": {step: steps[step]["result"] for step in self.step_ids},
            "findings": [finding.as_json() for finding in self.ask()],
            "trace": {
                "rubric": {**rubric, "sha256": self.rubric.sha256},
                "engine": engine,
                "channels": channels,
                "model": self._settings.model,
                "steps": {step: steps[step]["trace"] for step in self.step_ids},
                "overall": total.trace(),
            },
        }

    def steps(self) -> Iterator[tuple[str, JsonObject]]:
        for step in self.step_ids:
            yield step, self._scored(step)["result"]

    def reply(self) -> JsonObject:
        return self.combine({step: self._scored(step) for step in self.step_ids})

    def ask(self) -> list[Finding]:
        """The questions that the board raises. Needs no marks."""
        return self._findings

    def basis(self, step: str) -> Basis:
        """What others' claims about a step are held against."""
        given = self._input(step)
        return Basis(given.step, tuple(judged(given, self._settings)), given.board)

    def _scored(self, step: str) -> StepScored:
        """Kept, so that `reply` after `steps` does not do the work again."""
        if step not in self._kept:
            self._kept[step] = self.score_step(step)
        return self._kept[step]

    @cached_property
    def _kept(self) -> dict[str, StepScored]:
        return {}

    def _input(self, step_id: str) -> StepInput:
        step = self._steps[step_id]
        earlier = [self._units[one] for one in self.step_ids[: self.step_ids.index(step_id)]]
        units = self._units[step_id]
        board = {one.id: on_board(one, self._predicates) for one in step.criteria}
        return StepInput(
            step,
            self._bodies[step_id],
            units,
            said_before(units, earlier),
            own_frames(units, self._frames),
            self._elsewhere(step_id),
            board,
            names_of(board, self._predicates.graph),
            rules_of(step, self._findings),
            frozenset(one.id for one in step.criteria if not self._applies(one)),
        )

    def _elsewhere(self, step_id: str) -> Elsewhere:
        others = (units for step, units in self._units.items() if step != step_id)
        return named_elsewhere(chain.from_iterable(others), self._settings.entities)

    def _with_similarity(self, given: StepInput) -> StepInput:
        if self.vectors is None:
            return given
        # Here, since it needs numpy, which is there only where vectors are.
        from apps.scoring.engine.similarity import with_similarity

        units = with_similarity(given.units, given.step.id, self.rubric, self.vectors)
        return replace(given, units=units)

    @cached_property
    def _settings(self) -> Settings:
        problem = self.document.get("problem")
        prompt = f"{problem['title']}. {problem['prompt']}" if problem else ""
        return Settings(
            self.rubric,
            (ENGINE_ID, ENGINE_VERSION),
            self.channels,
            self.vectors.model if self.vectors else None,
            self.context.templates,
            prompt,
            entities_of(prompt, self.rubric, self.context.shared_stems),
        )

    @cached_property
    def _steps(self) -> dict[str, Step]:
        return {step.id: step for step in self.rubric.steps}

    @cached_property
    def _bodies(self) -> dict[str, StepBody]:
        """What the document has of each step of the rubric; nothing yet where it lacks one."""
        given = {body["id"]: body for body in self.document["steps"]}
        return {step.id: given.get(step.id) or _empty(step) for step in self.rubric.steps}

    @cached_property
    def _units(self) -> dict[str, list[Annotated]]:
        entities = self._settings.entities
        return {
            step: [annotate(unit, self.rubric, entities) for unit in units_of(body["notes"])]
            for step, body in self._bodies.items()
        }

    @property
    def _all_units(self) -> Iterator[Annotated]:
        return chain.from_iterable(self._units.values())

    @cached_property
    def _frames(self) -> Counter[Wording]:
        return Counter(frame for unit in self._all_units for frame in frames_of(unit))

    @cached_property
    def _predicates(self) -> Predicates:
        names = self.context.component_names
        graph = graph_of(self.document["board"], lambda name: _recognise(name, names))
        notes = {body["id"]: part_read(body["notes"]) for body in self.document["steps"]}
        return Predicates(graph, self.rubric.data["type_groups"], notes)

    @cached_property
    def _findings(self) -> list[Finding]:
        skipped = [
            step
            for step, body in self._bodies.items()
            if multiplier(body["status"], self.rubric) == 0
        ]
        return find(self._predicates, self.rubric, skipped)

    def _applies(self, criterion: Criterion) -> bool:
        if criterion.id in self.context.not_applicable:
            return False
        if criterion.families and self.context.families:
            return not criterion.families.isdisjoint(self.context.families)
        words = self._settings.prompt_words
        if not criterion.words or not words.strip():
            return True
        return any(f" {phrase} " in words for phrase in criterion.words)


def _empty(step: Step) -> StepBody:
    return {"id": step.id, "number": step.number, "status": "in_play", "notes": ""}


def _rated(step: Step, scored: StepScored) -> RatedStep:
    result: Any = scored["result"]
    is_rated = any(criterion["level"] is not None for criterion in result["criteria"])
    return RatedStep(step, result["status"], result["score"], is_rated)


def _recognise(name: str, names: dict[str, str]) -> str | None:
    """The component type whose name or alias is in the given name; the longest wins."""
    words = f" {' '.join(name.lower().split())} "
    found = [known for known in names if f" {known} " in words]
    return names[max(found, key=lambda known: (len(known), known))] if found else None
