"""Does a rubric name criteria, families, types and steps that are there?"""

from apps.content import registry
from apps.content.checks.board import check_board
from apps.content.checks.naming import (
    CRITERION,
    STEP,
    TYPE,
    component_types,
    criteria_of,
    refuse_twins,
    require,
    require_items,
    require_keys,
)
from apps.content.loader import Pack
from apps.content.predicates import types_in
from apps.content.yaml_files import Keys


def check(pack: Pack) -> None:
    refuse_twins(pack, ("criteria",))
    criteria = criteria_of(registry.rubric(pack.id))
    families = {family["id"] for family in pack.document.get("families", [])}
    types = component_types() | {f"@{group}" for group in _groups_of(pack.id)}
    for index, criterion in enumerate(pack.document["criteria"]):
        keys: Keys = ("criteria", index)
        applies = criterion.get("applies", [])
        require_items(pack, (*keys, "applies"), applies, families, "problem family")
        for place, name in types_in(criterion.get("graph", [])):
            require(pack, (*keys, "graph", *place), name, types, TYPE)
    _check_expectations(pack, criteria)
    _check_examples(pack, criteria)


def _groups_of(rubric_id: str) -> set[str]:
    return {group for rules in registry.rules_of(rubric_id) for group in rules.document["groups"]}


def _check_expectations(pack: Pack, criteria: set[str]) -> None:
    steps = {step["id"] for step in pack.document["steps"]}
    for index, seniority in enumerate(pack.document.get("expectations", [])):
        keys: Keys = ("expectations", index)
        require_keys(pack, (*keys, "steps"), seniority["steps"], steps, STEP)
        require_keys(pack, (*keys, "criteria"), seniority["criteria"], criteria, CRITERION)


def _check_examples(pack: Pack, criteria: set[str]) -> None:
    examples = pack.document.get("examples", {})
    require_keys(pack, ("examples",), examples, criteria, CRITERION)
    for criterion, shown in examples.items():
        keys: Keys = ("examples", criterion)
        by_place = {(*keys, "levels", level): one for level, one in shown["levels"].items()}
        for place, example in (by_place | {(*keys, "counter"): shown["counter"]}).items():
            if isinstance(example, dict):
                check_board(pack, (*place, "board"), example["board"])
