"""What does a design document earn under a rubric? The whole reply, or step by step.

    for step in scoring.steps(): ...        a result as soon as it is there
    scoring.reply()                         the reply of `docs/design-document.md`

The same document with the same rubric gives the same reply, byte for byte.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from apps.core.json import Json, JsonObject
from apps.designs.document.types import DesignDocument, StepBody
from apps.scoring.engine.annotate import Annotated, annotate
from apps.scoring.engine.evidence import Found, Judged, gather
from apps.scoring.engine.findings import Finding, find
from apps.scoring.engine.graph import graph_of
from apps.scoring.engine.levels import Rating, on_board, rate
from apps.scoring.engine.overall import RatedStep, multiplier, overall, step_score
from apps.scoring.engine.predicates import Predicates
from apps.scoring.engine.quality import Surroundings, judge, runs_of, step_weights, survey
from apps.scoring.engine.report import Report
from apps.scoring.engine.rubric import Criterion, Rubric, Step, alias_stems
from apps.scoring.engine.units import units_of
from apps.scoring.engine.words import content_stems, stem

ENGINE_ID: Final = "lexical"
ENGINE_VERSION: Final = "1.2.0"
# A step is on its topic when this share of its units speaks of it ...
ON_TOPIC: Final = 0.3
# ... and its text is at home there when it speaks of it nearly as much as of any other step.
AT_HOME: Final = 0.8
ELSEWHERE: Final = 0.4
MISPLACED_KEEPS: Final = 0.3
# A design is on its problem when this share of all units names something of the problem.
ON_PROBLEM: Final = 0.25
# A statement that names fewer things than this can be met less often.
MANY_ENTITIES: Final = 10
OFF_PROBLEM_KEEPS: Final = 0.5
# Few units hardly tell what they are about: so many more are taken to be on the topic.
BENEFIT_OF_DOUBT: Final = 1
# Words of a problem statement that any other could hold too.
ANYWHERE: Final = [
    "user",
    "people",
    "find",
    "set",
    "hour",
    "day",
    "week",
    "month",
    "minute",
    "second",
]


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


@dataclass(slots=True)
class LexicalScoring:
    """One document under one rubric. `steps` does the work; `reply` needs it to have run."""

    document: DesignDocument
    rubric: Rubric
    context: Context
    rated: list[RatedStep] = field(default_factory=list)
    results: dict[str, Json] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @property
    def bodies(self) -> list[tuple[Step, StepBody]]:
        by_id = {body["id"]: body for body in self.document["steps"]}
        return [(step, by_id.get(step.id) or _empty(step)) for step in self.rubric.steps]

    def steps(self) -> Iterator[tuple[str, JsonObject]]:
        self.rated.clear()
        self.results.clear()
        problem = _problem_text(self.document)
        entities = _entities(problem, self.rubric, self.context)
        notes = _annotate_all(self.bodies, self.rubric, entities)
        around = _surroundings(self.rubric, self.context, problem, notes)
        predicates = self._predicates()
        self.findings = self.ask()
        fit = _problem_fit(notes, entities)
        for step, body in self.bodies:
            judged = [
                Judged(unit, judge(unit, step.id, self.rubric, around)) for unit in notes[step.id]
            ]
            result = self._step(step, body, judged, predicates, fit)
            self.results[step.id] = result
            yield step.id, result

    def reply(self) -> JsonObject:
        return {
            "rubric": {"id": self.rubric.id, "version": self.rubric.version},
            "engine": {"id": ENGINE_ID, "version": ENGINE_VERSION},
            "overall": overall(self.rated, self.rubric),
            "steps": dict(self.results),
            "findings": [finding.as_json() for finding in self.findings],
        }

    def ask(self) -> list[Finding]:
        """The questions that the board raises. Needs no marks."""
        return find(self._predicates(), self.rubric, self._skipped())

    def _predicates(self) -> Predicates:
        names = self.context.component_names
        graph = graph_of(self.document["board"], lambda name: _recognise(name, names))
        notes = {body["id"]: body["notes"] for body in self.document["steps"]}
        return Predicates(graph, self.rubric.data["type_groups"], notes)

    def _skipped(self) -> list[str]:
        return [
            step.id for step, body in self.bodies if multiplier(body["status"], self.rubric) == 0
        ]

    def _step(
        self,
        step: Step,
        body: StepBody,
        judged: list[Judged],
        predicates: Predicates,
        fit: float,
    ) -> JsonObject:
        found = gather(step, judged)
        ratings = [
            (criterion, self._rating(criterion, found[criterion.id], predicates))
            for criterion in step.criteria
        ]
        damping = fit * _focus(step, judged, self.rubric)
        rated = step_score(step, body, ratings, damping, self.rubric)
        self.rated.append(rated)
        report = Report(step, self.rubric, predicates.graph, body["notes"], self.findings)
        return {
            "score": rated.score,
            "confidence": rated.confidence,
            "status": body["status"],
            "criteria": [
                report.criterion(criterion, rating, found[criterion.id])
                for criterion, rating in ratings
            ],
        }

    def _rating(self, criterion: Criterion, found: Found, predicates: Predicates) -> Rating | None:
        rating = rate(criterion, found, on_board(criterion, predicates))
        if rating.level is None and not self._applies(criterion):
            return None
        return rating

    def _applies(self, criterion: Criterion) -> bool:
        if criterion.id in self.context.not_applicable:
            return False
        if criterion.families and self.context.families:
            return not criterion.families.isdisjoint(self.context.families)
        words = f" {' '.join(alias_stems(_problem_text(self.document)))} "
        if not criterion.words or not words.strip():
            return True
        return any(f" {phrase} " in words for phrase in criterion.words)


def score(document: DesignDocument, rubric: Rubric, context: Context | None = None) -> JsonObject:
    scoring = LexicalScoring(document, rubric, context or Context())
    for _ in scoring.steps():
        pass
    return scoring.reply()


def _empty(step: Step) -> StepBody:
    return {"id": step.id, "number": step.number, "status": "in_play", "notes": ""}


def _problem_text(document: DesignDocument) -> str:
    problem = document.get("problem")
    return f"{problem['title']}. {problem['prompt']}" if problem else ""


def _annotate_all(
    bodies: list[tuple[Step, StepBody]], rubric: Rubric, entities: frozenset[str]
) -> dict[str, list[Annotated]]:
    return {
        step.id: [annotate(unit, rubric, entities) for unit in units_of(body["notes"])]
        for step, body in bodies
    }


def _entities(problem: str, rubric: Rubric, context: Context) -> frozenset[str]:
    """The things of the problem: its words without those that any design would use."""
    common = rubric.hollow.union(map(stem, ANYWHERE), context.shared_stems)
    return frozenset(
        word for word in content_stems(problem) if word not in common and len(word) > 2
    )


def _surroundings(
    rubric: Rubric, context: Context, problem: str, notes: dict[str, list[Annotated]]
) -> Surroundings:
    templates = _template_runs((*sentences_of(rubric), *context.templates))
    around = Surroundings(templates, runs_of([problem]))
    survey((unit for units in notes.values() for unit in units), around)
    return around


_template_runs = lru_cache(maxsize=8)(runs_of)


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


def _problem_fit(notes: dict[str, list[Annotated]], entities: frozenset[str]) -> float:
    """1 for a design that speaks of its problem, less for one that could be of any other."""
    units = [unit for step in notes.values() for unit in step if len(unit.words) >= 4]
    if not units or not entities:
        return 1.0
    share = sum(unit.entities > 0 for unit in units) / len(units)
    expected = ON_PROBLEM * min(1.0, len(entities) / MANY_ENTITIES)
    fit = OFF_PROBLEM_KEEPS + (1 - OFF_PROBLEM_KEEPS) * min(1.0, share / expected)
    return _in_doubt(fit, len(units))


def _focus(step: Step, judged: list[Judged], rubric: Rubric) -> float:
    """1 when the step's units speak of it, less when they are about something else."""
    weights = [step_weights(one.unit, rubric) for one in judged if len(one.unit.words) >= 4]
    return _in_doubt(_on_topic(step, weights, rubric), len(weights))


def _on_topic(step: Step, weights: list[dict[str, float]], rubric: Rubric) -> float:
    if not weights:
        return 1.0
    share = sum(weight.get(step.id, 0) >= 0.5 for weight in weights) / len(weights)
    return min(1.0, share / ON_TOPIC) * _belonging(step, weights, rubric)


def _in_doubt(share: float, units: int) -> float:
    return (share * units + BENEFIT_OF_DOUBT) / (units + BENEFIT_OF_DOUBT)


def _belonging(step: Step, weights: list[dict[str, float]], rubric: Rubric) -> float:
    """1 for text that belongs to this step, less for another step's text in its place."""
    totals = {
        one.id: math.fsum(weight.get(one.id, 0.0) for weight in weights)
        / math.sqrt(len(one.criteria))
        for one in rubric.steps
    }
    own = totals.pop(step.id)
    ratio = own / max(totals.values()) if any(totals.values()) else 1.0
    share = (ratio - ELSEWHERE) / (AT_HOME - ELSEWHERE)
    return MISPLACED_KEEPS + (1 - MISPLACED_KEEPS) * min(1.0, max(0.0, share))


def _recognise(name: str, names: dict[str, str]) -> str | None:
    """The component type whose name or alias is in the given name; the longest wins."""
    words = f" {' '.join(name.lower().split())} "
    found = [known for known in names if f" {known} " in words]
    return names[max(found, key=lambda known: (len(known), known))] if found else None
