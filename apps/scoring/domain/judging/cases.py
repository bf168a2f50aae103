"""What of a finished run goes before the judge? Each step with what it is held against.

All that leaves the house is put together here: notes, cards and arrows without names, the problem,
the rubric's facets.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from functools import cache
from typing import Any, cast

from apps.content.build import problem_of
from apps.content.types import Problem, RubricPack
from apps.core.json import JsonObject
from apps.designs.document.types import DesignDocument
from apps.designs.models import DesignSession
from apps.scoring.domain.engines import compiled, engine
from apps.scoring.domain.materials import material_of
from apps.scoring.engine.overall import multiplier
from apps.scoring.judge.criteria import criteria_asked, facet_indexes, vocabularies
from apps.scoring.judge.judging import Case
from apps.scoring.judge.prompt import ArrowShown, CardShown, StepAsked
from apps.scoring.judge.redaction import Redactor, redactor
from apps.scoring.judge.verification import Sent
from apps.scoring.judge.votes import EngineSays
from apps.scoring.models import ScoreRun

NOT_ASKED = "NA"


def cases_of(run: ScoreRun) -> dict[str, Case]:
    """Of a run that is done, by step, in the order of the rubric."""
    given, result = material_of(run), cast(Any, run.result)
    problem = problem_of(given.problem) if given.problem else None
    names = _names_on(run.design)
    return cases_for(given.document, result["steps"], given.rubric, problem, names)


def cases_for(
    document: DesignDocument,
    scored: Mapping[str, Any],
    pack: RubricPack,
    problem: Problem | None,
    names: Iterable[str],
) -> dict[str, Case]:
    """scored: the engine's result of each step. names: of people, which do not leave the house."""
    rubric, redact = compiled(pack), redactor(names)
    scoring = engine().start(document, pack, problem)
    bodies = {body["id"]: body for body in document["steps"] if body["id"] in scored}
    notes = {step: redact.redact(body["notes"]) for step, body in bodies.items()}
    words, facets = _words_of(pack), facet_indexes(rubric)
    cards, arrows = tuple(_cards(document, redact)), tuple(_arrows(document, redact))
    card = _problem_card(document, problem, redact)
    cases = {}
    for step in (step for step in scoring.step_ids if step in bodies):
        says = _engine_says(scored[step]["criteria"])
        basis = scoring.basis(step)
        lines = tuple((one.unit.unit.start, one.unit.unit.end) for one in basis.units)
        criteria = criteria_asked(rubric, step, says.levels)
        asked = StepAsked(step, criteria, card, notes[step].text, cards, arrows)
        sent = Sent(asked, notes, words, lines, bodies[step]["notes"])
        in_play = multiplier(bodies[step]["status"], rubric) > 0
        cases[step] = Case(sent, basis, says, facets, in_play)
    return cases


@cache
def _words_of(pack: RubricPack) -> dict[str, frozenset[str]]:
    return vocabularies(compiled(pack))


def _names_on(design: DesignSession) -> Iterator[str]:
    """Of everybody who takes part or ever did, under every name we know."""
    for participant in design.participants.select_related("user", "guest"):
        yield participant.name
        if participant.user:
            yield participant.user.display_name
        if participant.guest:
            yield participant.guest.name


def _engine_says(criteria: Iterable[Any]) -> EngineSays:
    asked = [one for one in criteria if one["state"] != NOT_ASKED]
    doubts = frozenset(one["id"] for one in asked if one.get("doubts"))
    return EngineSays({one["id"]: one["level"] for one in asked}, doubts)


def _problem_card(
    document: DesignDocument, problem: Problem | None, redact: Redactor
) -> JsonObject:
    """Title and statement as the design has them, and what the pack knows beyond."""
    card: JsonObject = {}
    if asked := document.get("problem"):
        card["title"] = redact.redact(asked["title"]).text
        card["prompt"] = redact.redact(asked["prompt"]).text
    if problem and problem.card:
        card["card"] = asdict(problem.card)
    return card


def _cards(document: DesignDocument, redact: Redactor) -> Iterator[CardShown]:
    for one in document["board"]["components"]:
        name, notes = redact.redact(one["name"]), redact.redact(one["notes"])
        yield CardShown(one["id"], one["type"], name.text, notes.text)


def _arrows(document: DesignDocument, redact: Redactor) -> Iterator[ArrowShown]:
    for one in document["board"]["connections"]:
        label = redact.redact(one["label"]).text
        yield ArrowShown(one["source"], one["target"], one["kind"], label)
