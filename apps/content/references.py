"""Do the packs fit together? Ids that one pack uses must be there in the pack it means."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from apps.content import registry
from apps.content.build import catalogue_of, drill_of, flow_of, problem_of
from apps.content.coverage import check_coverage
from apps.content.kinds import KINDS
from apps.content.loader import Data, Pack
from apps.content.predicates import steps_in, types_in
from apps.content.types import Flow, RubricPack
from apps.content.yaml_files import Keys
from apps.core.errors import NotFound

CROSS_STEP: Final = "cross-step"  # where a worked answer marks what belongs to no one step


def check_packs() -> list[Pack]:
    """Every pack. Raises InvalidPack at the first fault."""
    packs = [registry.pack(kind, pack_id) for kind in KINDS for pack_id in registry.pack_ids(kind)]
    for pack in packs:
        check_pack(pack)
    return packs


def criteria_of(rubric: RubricPack) -> set[str]:
    """The criterion ids of a rubric."""
    return {str(criterion["id"]) for criterion in rubric.data["criteria"]}  # type: ignore[union-attr,index,call-overload] # its schema vouches


def check_pack(pack: Pack) -> None:
    """Raises Invalid if the pack names what is not there."""
    match pack.kind.name:
        case "flow":
            _check_flow(pack)
        case "rubric":
            _check_rubric(pack)
        case "catalogue":
            _check_catalogue(pack)
        case "rules":
            _check_rules(pack)
        case "problem":
            _check_problem(pack)
        case "drill":
            _check_drill(pack)
        case "coverage":
            check_coverage(pack)


def _check_flow(pack: Pack) -> None:
    """Raises InvalidPack also if the rubric is one of another flow, or a plan is no full hour."""
    _refuse_twins(pack, ("steps",))
    flow = flow_of(pack)
    try:
        rubric = registry.rubric(flow.rubric)
    except NotFound as error:
        raise pack.fault(("rubric",), str(error)) from error
    if rubric.data["flow"] != flow.id:
        raise pack.fault(("rubric",), f'is of the flow "{rubric.data["flow"]}"')
    for length in flow.steps[0].plan:
        total = sum(step.plan[length] for step in flow.steps)
        if total != int(length):
            where: Keys = ("steps", 0, "plan", length)
            raise pack.fault(where, f"and the other steps take {total} minutes")
    _check_prompts(pack, flow)


def _check_prompts(pack: Pack, flow: Flow) -> None:
    """Ids are known to the whole flow. The prompts of a topic stand together: they fold as one."""
    seen: set[str] = set()
    for number, step in enumerate(flow.steps):
        folded: list[str] = []
        for index, prompt in enumerate(step.prompts):
            keys: Keys = ("steps", number, "prompts", index)
            if prompt.id in seen:
                raise pack.fault((*keys, "id"), f'"{prompt.id}" stands twice')
            if prompt.topic in folded[:-1]:
                raise pack.fault((*keys, "topic"), f'"{prompt.topic}" was left before')
            seen.add(prompt.id)
            if folded[-1:] != [prompt.topic]:
                folded.append(prompt.topic)


def _check_rubric(pack: Pack) -> None:
    _refuse_twins(pack, ("criteria",))
    criteria = criteria_of(registry.rubric(pack.id))
    _require_all(pack, ("examples",), pack.document.get("examples", {}), criteria, "criterion")
    families = {family["id"] for family in pack.document.get("families", [])}
    types = _component_types() | {f"@{group}" for group in _groups_of(pack.id)}
    for index, criterion in enumerate(pack.document["criteria"]):
        where: Keys = ("criteria", index, "applies")
        _require_all(pack, where, criterion.get("applies", ()), families, "problem family")
        for place, name in types_in(criterion.get("graph", [])):
            _require(pack, ("criteria", index, "graph", *place), name, types, _TYPE)
    _check_expectations(pack, criteria)
    _check_example_boards(pack)


def _check_expectations(pack: Pack, criteria: set[str]) -> None:
    steps = {step["id"] for step in pack.document["steps"]}
    for index, seniority in enumerate(pack.document.get("expectations", [])):
        where: Keys = ("expectations", index)
        _require_all(pack, (*where, "steps"), seniority["steps"], steps, _STEP)
        _require_all(pack, (*where, "criteria"), seniority["criteria"], criteria, "criterion")


def _check_example_boards(pack: Pack) -> None:
    for criterion, examples in pack.document.get("examples", {}).items():
        where: Keys = ("examples", criterion)
        shown = {(*where, "levels", level): one for level, one in examples["levels"].items()}
        shown[(*where, "counter")] = examples["counter"]
        for keys, example in shown.items():
            if isinstance(example, dict):
                check_board(pack, (*keys, "board"), example["board"])


def _groups_of(rubric_id: str) -> Iterator[str]:
    for rules in registry.rules_of(rubric_id):
        yield from rules.document["groups"]


def _check_catalogue(pack: Pack) -> None:
    _refuse_twins(pack, ("components",))
    catalogue = catalogue_of(pack)
    known = {component.id for component in catalogue.components}
    meant: dict[str, str] = {}
    for index, component in enumerate(catalogue.components):
        where: Keys = ("components", index)
        if component.id in pack.document["reserved"]:
            raise pack.fault((*where, "id"), f'"{component.id}" is reserved')
        for kind, targets in component.ports.outgoing.items():
            for place, target in enumerate(targets):
                _require(pack, (*where, "ports", kind, place), target, known, _TYPE)
        for name in (component.name.lower(), *map(str.lower, component.aliases)):
            if meant.setdefault(name, component.id) != component.id:
                raise pack.fault(where, f'is called "{name}", as {meant[name]} is')


def _check_rules(pack: Pack) -> None:
    """What rules name must be there: types, groups, steps, criteria, and rules for examples."""
    document = pack.document
    _refuse_twins(pack, ("rules",))
    for name, kind in (("catalogue", "catalogue"), ("rubric", "rubric")):
        _require(pack, (name,), document[name], set(registry.pack_ids(kind)), kind)
    types = {component.id for component in registry.catalogue(document["catalogue"]).components}
    for group, members in document["groups"].items():
        for index, member in enumerate(members):
            _require(pack, ("groups", group, index), member, types, _TYPE)
    known = types | {f"@{group}" for group in document["groups"]}
    for index, rule in enumerate(document["rules"]):
        _check_rule(pack, ("rules", index), rule, known)
    rules = {rule["id"] for rule in document["rules"]}
    examples = document.get("examples", {})
    _require_all(pack, ("examples",), examples, rules, "rule of this pack")
    for rule_id, example in examples.items():
        for side in ("positive", "negative"):
            check_board(pack, ("examples", rule_id, side), example[side])


def _check_rule(pack: Pack, keys: Keys, rule: Data, types: set[str]) -> None:
    rubric = registry.rubric(pack.document["rubric"])
    flow, criteria = _flow_and_criteria(pack, str(rubric.data["flow"]), rubric.id)
    steps = {step.id for step in flow.steps}
    _require(pack, (*keys, "step"), rule["step"], steps, _STEP)
    for index, criterion in enumerate(rule["touches"]):
        _require(pack, (*keys, "touches", index), criterion, criteria, "criterion")
    for index, name in enumerate(rule["about"]):
        _require(pack, (*keys, "about", index), name, types, _TYPE)
    for part in ("when", "unless"):
        for place, name in types_in(rule[part]):
            _require(pack, (*keys, part, *place), name, types, _TYPE)
        for place, name in steps_in(rule[part]):
            _require(pack, (*keys, part, *place), name, steps, _STEP)


def _check_problem(pack: Pack) -> None:
    problem = problem_of(pack)
    flow, criteria = _flow_and_criteria(pack, problem.flow, problem.rubric)
    steps = {step.id for step in flow.steps}
    _refuse_twins(pack, ("special_criteria",))
    for index, special in enumerate(problem.special_criteria):
        where: Keys = ("special_criteria", index, "criterion")
        _require(pack, where, special.criterion, criteria, "criterion")
    for index, part in enumerate(problem.key_components):
        _require(pack, ("key_components", index, "type"), part.type, _component_types(), _TYPE)
    for index, criterion in enumerate(problem.not_applicable):
        _require(pack, ("not_applicable", index), criterion, criteria, "criterion")
    for index, step in enumerate(problem.emphasis):
        _require(pack, ("emphasis", index), step, steps, _STEP)
    for index, follow_up in enumerate(problem.follow_ups):
        _require(pack, ("follow_ups", index, "step"), follow_up.step, steps, _STEP)
    for minutes, plan in problem.plan.items():
        _check_plan(pack, minutes, plan, steps)
    for keys, design in _worked_designs(pack.document):
        _check_design(pack, keys, design, steps)
    for index, answer in enumerate(pack.document.get("answers", [])):
        _check_marks(pack, ("answers", index, "marks"), answer["marks"], steps, criteria)


def _check_plan(pack: Pack, minutes: str, plan: dict[str, int], steps: set[str]) -> None:
    keys: Keys = ("plan", minutes)
    _require_all(pack, keys, plan, steps, _STEP)
    if sum(plan.values()) != int(minutes):
        raise pack.fault(keys, f"adds up to {sum(plan.values())} minutes")


def _worked_designs(document: Data) -> Iterator[tuple[Keys, Data]]:
    if "reference" in document:
        yield ("reference",), document["reference"]
    for index, answer in enumerate(document.get("answers", [])):
        yield ("answers", index), answer


def _check_design(pack: Pack, keys: Keys, design: Data, steps: set[str]) -> None:
    _require_all(pack, (*keys, "notes"), design["notes"], steps, _STEP)
    check_board(pack, (*keys, "board"), design["board"])


def check_board(pack: Pack, keys: Keys, board: Data) -> None:
    """Raises InvalidPack for an unknown type, a connection or a group that leads nowhere."""
    _refuse_twins(pack, (*keys, "components"))
    ids = {component["id"] for component in board["components"]}
    groups = {group["id"] for group in board.get("groups", [])}
    for index, component in enumerate(board["components"]):
        where: Keys = (*keys, "components", index)
        _require(pack, (*where, "type"), component["type"], _component_types(), _TYPE)
        if "group" in component:
            _require(pack, (*where, "group"), component["group"], groups, "group of this board")
    for index, connection in enumerate(board["connections"]):
        for end in ("from", "to"):
            where = (*keys, "connections", index, end)
            _require(pack, where, connection[end], ids | groups, "component of this board")


def _check_marks(pack: Pack, keys: Keys, marks: Data, steps: set[str], criteria: set[str]) -> None:
    _require_all(pack, keys, marks, steps | {CROSS_STEP}, _STEP)
    marked: set[str] = set()
    for step, step_marks in marks.items():
        where = (*keys, step, "levels")
        _require_all(pack, where, step_marks["levels"], criteria - marked, "criterion to mark here")
        marked |= step_marks["levels"].keys()
    left = sorted(criteria - marked)
    if left:
        raise pack.fault(keys, f"leaves out {', '.join(left)}")


def _check_drill(pack: Pack) -> None:
    drill = drill_of(pack)
    flow, criteria = registry.flow(), criteria_of(registry.rubric())
    steps = {step.id for step in flow.steps}
    bank = set(registry.pack_ids("problem"))
    for name, known, what in (
        ("steps", steps, _STEP),
        ("criteria", criteria, "criterion"),
        ("problems", bank, "problem"),
    ):
        for index, item in enumerate(getattr(drill, name)):
            _require(pack, (name, index), item, known, what)


def _flow_and_criteria(pack: Pack, flow_id: str, rubric_id: str) -> tuple[Flow, set[str]]:
    try:
        flow = registry.flow(flow_id)
    except NotFound as error:
        raise pack.fault(("flow",), str(error)) from error
    try:
        return flow, criteria_of(registry.rubric(rubric_id))
    except NotFound as error:
        raise pack.fault(("rubric",), str(error)) from error


def _component_types() -> set[str]:
    return {component.id for component in registry.catalogue().components}


_TYPE: Final = "component type"
_STEP: Final = "step of the flow"


def _require(pack: Pack, keys: Keys, item: str, known: set[str], what: str) -> None:
    if item not in known:
        raise pack.fault(keys, f'names "{item}", which is no {what}')


def _require_all(pack: Pack, keys: Keys, used: Iterable[str], known: set[str], what: str) -> None:
    """Of a mapping: each of its keys must be known."""
    for item in used:
        _require(pack, (*keys, item), item, known, what)


def _refuse_twins(pack: Pack, keys: Keys) -> None:
    """Of a list of things with ids: none may come twice."""
    value: Any = pack.document
    for key in keys:
        value = value[key]
    seen: set[str] = set()
    for index, item in enumerate(value):
        if item["id"] in seen:
            raise pack.fault((*keys, index, "id"), f'"{item["id"]}" stands twice')
        seen.add(item["id"])
