"""Is what a pack names there? Each function raises Invalid at the place that names it."""

from collections.abc import Collection, Iterable
from typing import Any, Final

from apps.content import registry
from apps.content.loader import Pack
from apps.content.types import Flow, RubricPack
from apps.content.yaml_files import Keys
from apps.core.errors import NotFound

# What things are called in a fault.
CRITERION: Final = "criterion"
STEP: Final = "step of the flow"
TYPE: Final = "component type"


def require(pack: Pack, keys: Keys, name: str, known: Collection[str], what: str) -> None:
    if name not in known:
        raise pack.fault(keys, f'names "{name}", which is no {what}')


def require_items(
    pack: Pack, keys: Keys, names: Iterable[str], known: Collection[str], what: str
) -> None:
    """Of a list at `keys`: each of its items must be known."""
    for index, name in enumerate(names):
        require(pack, (*keys, index), name, known, what)


def require_keys(
    pack: Pack, keys: Keys, mapping: Iterable[str], known: Collection[str], what: str
) -> None:
    """Of a mapping at `keys`: each of its keys must be known."""
    for name in mapping:
        require(pack, (*keys, name), name, known, what)


def refuse_twins(pack: Pack, keys: Keys) -> None:
    """Of a list of things with ids: none may come twice."""
    value: Any = pack.document
    for key in keys:
        value = value[key]
    seen: set[str] = set()
    for index, item in enumerate(value):
        if item["id"] in seen:
            raise pack.fault((*keys, index, "id"), f'"{item["id"]}" stands twice')
        seen.add(item["id"])


def flow_named_by(pack: Pack, flow_id: str) -> Flow:
    try:
        return registry.flow(flow_id)
    except NotFound as error:
        raise pack.fault(("flow",), str(error)) from error


def rubric_named_by(pack: Pack, rubric_id: str) -> RubricPack:
    try:
        return registry.rubric(rubric_id)
    except NotFound as error:
        raise pack.fault(("rubric",), str(error)) from error


def criteria_of(rubric: RubricPack) -> set[str]:
    """The criterion ids of a rubric."""
    criteria: Any = rubric.data["criteria"]
    return {criterion["id"] for criterion in criteria}


def steps_of(flow: Flow) -> set[str]:
    return {step.id for step in flow.steps}


def component_types() -> set[str]:
    return {component.id for component in registry.catalogue().components}
