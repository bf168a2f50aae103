"""Which questions does the board raise? The rubric's graph rules, each a question and its parts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from apps.core.json import JsonObject
from apps.scoring.engine.graph import Predicates, Shown
from apps.scoring.engine.rubric import Rubric


@dataclass(frozen=True, slots=True)
class Finding:
    rule: str
    question: str
    components: tuple[str, ...]
    touches: tuple[str, ...]

    def as_json(self) -> JsonObject:
        return {"rule": self.rule, "question": self.question, "components": list(self.components)}


def find(predicates: Predicates, rubric: Rubric, silent: Iterable[str]) -> list[Finding]:
    """silent: steps that are skipped; a rule whose criteria all lie there says nothing."""
    quiet = set(silent)
    steps = {criterion.id: step.id for step in rubric.steps for criterion in step.criteria}
    return [
        finding
        for rule in rubric.data["graph_rules"]
        if not all(steps[touched] in quiet for touched in rule["touches"])
        and (finding := _apply(rule, predicates)) is not None
    ]


def _apply(rule: Mapping[str, Any], predicates: Predicates) -> Finding | None:
    held = [predicates.holds(predicate) for predicate in rule["when"]]
    if any(shown is None for shown in held):
        return None
    if any(predicates.holds(predicate) for predicate in rule["unless"]):
        return None
    return Finding(
        rule["id"], rule["question"], _about(rule, predicates, held), tuple(rule["touches"])
    )


def _about(
    rule: Mapping[str, Any], predicates: Predicates, held: list[Shown | None]
) -> tuple[str, ...]:
    if rule["about"]:
        return tuple(predicates.graph.of_types(predicates.types(rule["about"])))
    return tuple(id_ for shown in held if shown is not None for id_ in shown.components)
