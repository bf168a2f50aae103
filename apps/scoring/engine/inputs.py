"""What is a step scored from? Everything in one value; its hash tells when to score it anew."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property, lru_cache

from apps.core.json import Json, JsonObject
from apps.designs.document.types import StepBody
from apps.scoring.engine.annotate import Annotated
from apps.scoring.engine.findings import Finding
from apps.scoring.engine.graph import Graph
from apps.scoring.engine.levels import OnBoard
from apps.scoring.engine.quality import REPEATED, frames_of, runs_of
from apps.scoring.engine.rubric import Rubric, Step, alias_stems
from apps.scoring.engine.topic import Elsewhere

Wording = tuple[str, ...]


@dataclass(frozen=True)
class Settings:
    """What is the same for every step of a design.

    templates: texts that everybody is given. prompt: the problem statement.
    entities: stems of the things that it names. model: of the vectors, if there are any.
    """

    rubric: Rubric
    engine: tuple[str, str]
    channels: tuple[str, ...]
    model: str | None
    templates: tuple[str, ...]
    prompt: str
    entities: frozenset[str]

    @cached_property
    def prompt_runs(self) -> frozenset[Wording]:
        return runs_of([self.prompt])

    @cached_property
    def prompt_words(self) -> str:
        """Its stems, set apart by blanks, with one before and after."""
        return f" {' '.join(alias_stems(self.prompt))} "

    @cached_property
    def template_runs(self) -> frozenset[Wording]:
        return _template_runs(self.rubric, self.templates)

    def as_json(self) -> JsonObject:
        return {
            "rubric": self.rubric.sha256,
            "engine": list(self.engine),
            "channels": list(self.channels),
            "model": self.model,
            "templates": _sha256_of_texts(self.templates),
            "prompt": self.prompt,
            "entities": list[Json](sorted(self.entities)),
        }


@dataclass(frozen=True, slots=True)
class StepInput:
    """What a step's result depends on beside the settings.

    units: of its notes. said_before: their wordings that an earlier step has too.
    frames: those of the units that come back all over the design.
    elsewhere: how far the other steps speak of the problem.
    board: what it shows of each criterion. names: what stands on the parts and arrows that do.
    rules: of the findings that ask about each criterion.
    """

    step: Step
    body: StepBody
    units: Sequence[Annotated]
    said_before: frozenset[Wording]
    frames: frozenset[Wording]
    elsewhere: Elsewhere
    board: Mapping[str, OnBoard]
    names: Mapping[str, str]
    rules: Mapping[str, Sequence[str]]
    not_applicable: frozenset[str]

    def sha256(self, settings: Settings) -> str:
        return hashlib.sha256(_canonical([settings.as_json(), self._as_json()])).hexdigest()

    def _as_json(self) -> JsonObject:
        """units are left out: they follow from the notes and the settings."""
        return {
            "step": self.step.id,
            "status": self.body["status"],
            "notes": self.body["notes"],
            "said_before": _sorted(self.said_before),
            "frames": _sorted(self.frames),
            "elsewhere": asdict(self.elsewhere),
            "board": {id_: asdict(board) for id_, board in self.board.items()},
            "names": dict(self.names),
            "rules": {id_: list(rules) for id_, rules in self.rules.items()},
            "not_applicable": list[Json](sorted(self.not_applicable)),
        }


@lru_cache(maxsize=8)
def _template_runs(rubric: Rubric, templates: tuple[str, ...]) -> frozenset[Wording]:
    return runs_of((*sentences_of(rubric), *templates))


def sentences_of(rubric: Rubric) -> list[str]:
    """Every sentence the rubric is made of."""
    return [
        text
        for criterion in rubric.data["criteria"]
        for text in (
            criterion["label"],
            criterion["ask"],
            *criterion["anchors"],
            *(facet["ask"] for facet in criterion["facets"] if "ask" in facet),
            *(text for facet in criterion["facets"] for text in facet.get("prototypes", ())),
        )
    ]


def own_frames(units: Iterable[Annotated], everywhere: Counter[Wording]) -> frozenset[Wording]:
    return frozenset(
        frame for unit in units for frame in frames_of(unit) if everywhere[frame] >= REPEATED
    )


def said_before(
    units: Iterable[Annotated], earlier: Iterable[Sequence[Annotated]]
) -> frozenset[Wording]:
    """The wordings of the units that one of the earlier steps has too."""
    before = {unit.wording for step in earlier for unit in step}
    return frozenset(unit.wording for unit in units) & before


def names_of(board: Mapping[str, OnBoard], graph: Graph) -> dict[str, str]:
    """What stands on the parts and arrows that show something."""
    shown = [one for held in board.values() for one in held.shown]
    labels = {edge.id: edge.label for edge in graph.edges}
    return {
        **{id_: graph.components[id_]["name"] for one in shown for id_ in one.components},
        **{one.connection: labels[one.connection] for one in shown if one.connection},
    }


def rules_of(step: Step, findings: Iterable[Finding]) -> dict[str, list[str]]:
    found = list(findings)
    return {
        criterion.id: [one.rule for one in found if criterion.id in one.touches]
        for criterion in step.criteria
    }


def _sorted(wordings: Iterable[Wording]) -> list[Json]:
    return [list(wording) for wording in sorted(wordings)]


@lru_cache(maxsize=8)
def _sha256_of_texts(texts: tuple[str, ...]) -> str:
    return hashlib.sha256(_canonical(list(texts))).hexdigest()


def _canonical(value: Json) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()
