"""Which questions does the board raise? The graph rules, each a question and its parts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from apps.core.json import JsonObject
from apps.scoring.engine.predicates import Predicates, Shown
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
    """silent: steps that are skipped; a rule of such a step says nothing."""
    quiet = set(silent)
    return [
        finding
        for rule in rubric.data["graph_rules"]
        if rule["step"] not in quiet and (finding := apply_rule(rule, predicates)) is not None
    ]


def apply_rule(rule: Mapping[str, Any], predicates: Predicates) -> Finding | None:
    """A rule speaks up when all of `when` holds and none of `unless` does."""
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
    """The parts of the types the rule names, or else those that showed it."""
    if rule["about"]:
        return tuple(predicates.parts(rule["about"]))
    return tuple(id_ for shown in held if shown is not None for id_ in shown.components)
