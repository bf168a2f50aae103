"""Do graph rules name types, groups, steps and criteria that are there?"""

from apps.content import registry
from apps.content.checks.board import check_board
from apps.content.checks.naming import (
    CRITERION,
    STEP,
    TYPE,
    criteria_of,
    flow_named_by,
    refuse_twins,
    require,
    require_items,
    require_keys,
    rubric_named_by,
    steps_of,
)
from apps.content.loader import Data, Pack
from apps.content.predicates import steps_in, types_in
from apps.content.yaml_files import Keys


def check(pack: Pack) -> None:
    document = pack.document
    refuse_twins(pack, ("rules",))
    for kind in ("catalogue", "rubric"):
        require(pack, (kind,), document[kind], registry.pack_ids(kind), kind)
    types = {component.id for component in registry.catalogue(document["catalogue"]).components}
    for group, members in document["groups"].items():
        require_items(pack, ("groups", group), members, types, TYPE)
    known = types | {f"@{group}" for group in document["groups"]}
    for index, rule in enumerate(document["rules"]):
        _check_rule(pack, ("rules", index), rule, known)
    _check_examples(pack)


def _check_rule(pack: Pack, keys: Keys, rule: Data, types: set[str]) -> None:
    rubric = rubric_named_by(pack, pack.document["rubric"])
    steps = steps_of(flow_named_by(pack, str(rubric.data["flow"])))
    require(pack, (*keys, "step"), rule["step"], steps, STEP)
    require_items(pack, (*keys, "touches"), rule["touches"], criteria_of(rubric), CRITERION)
    require_items(pack, (*keys, "about"), rule["about"], types, TYPE)
    for part in ("when", "unless"):
        for place, name in types_in(rule[part]):
            require(pack, (*keys, part, *place), name, types, TYPE)
        for place, name in steps_in(rule[part]):
            require(pack, (*keys, part, *place), name, steps, STEP)


def _check_examples(pack: Pack) -> None:
    rules = {rule["id"] for rule in pack.document["rules"]}
    examples = pack.document.get("examples", {})
    require_keys(pack, ("examples",), examples, rules, "rule of this pack")
    for rule_id, example in examples.items():
        for side in ("positive", "negative"):
            check_board(pack, ("examples", rule_id, side), example[side])
