"""Do the packs fit together? Ids that one pack uses must be there in the pack it means."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final, TypeAlias

from apps.content import registry
from apps.content.loader import PACKS, InvalidPack, read_pack
from apps.content.types import Catalogue, Flow, Problem, RubricPack
from apps.core.errors import NotFound

Pack: TypeAlias = Flow | RubricPack | Catalogue | Problem


def check_packs() -> list[tuple[Path, str]]:
    """Every pack file with its version. Raises InvalidPack at the first fault."""
    packs = [
        (file, load(file.stem).version)
        for folder, load in _LOADERS.items()
        for file in registry.pack_files(folder)
    ]
    _check_catalogue()
    for flow in registry.flows():
        _refuse_twins(_file("flows", flow.id), "$.steps", [step.id for step in flow.steps])
    for problem in registry.problems():
        _check_problem(problem)
    return packs


def criteria_of(rubric: RubricPack) -> set[str]:
    """The criterion ids of a rubric."""
    return {str(criterion["id"]) for criterion in rubric.data["criteria"]}  # type: ignore[union-attr,index,call-overload] # its schema vouches


_LOADERS: Final[dict[str, Callable[[str], Pack]]] = {
    "flows": registry.flow,
    "rubrics": registry.rubric,
    "catalogue": registry.catalogue,
    "problems": registry.problem,
}


def _check_catalogue() -> None:
    catalogue = registry.catalogue()
    file = _file("catalogue", catalogue.id)
    known = [component.id for component in catalogue.components]
    _refuse_twins(file, "$.components", known)
    reserved = set(read_pack(file, "catalogue")["reserved"])
    for index, component in enumerate(catalogue.components):
        where = f"$.components[{index}]"
        if component.id in reserved:
            raise InvalidPack(file, f"{where}.id", f'"{component.id}" is reserved')
        _require(file, f"{where}.outgoing", component.outgoing, {*known, "*"}, "component type")


def _check_problem(problem: Problem) -> None:
    file = _file("problems", problem.id)
    try:
        registry.flow(problem.flow)
        criteria = criteria_of(registry.rubric(problem.rubric))
    except NotFound as error:
        raise InvalidPack(file, "$", str(error)) from error
    types = {component.id for component in registry.catalogue().components}
    used = [component.type for component in problem.key_components]
    _require(file, "$.key_components", used, types, "component type")
    special = [special.criterion for special in problem.special_criteria]
    _require(file, "$.special_criteria", special, criteria, "criterion")
    _require(file, "$.not_applicable", problem.not_applicable, criteria, "criterion")
    _refuse_twins(file, "$.special_criteria", [item.id for item in problem.special_criteria])


def _require(file: Path, path: str, used: Iterable[str], known: set[str], what: str) -> None:
    for item in used:
        if item not in known:
            raise InvalidPack(file, path, f'names "{item}", which is no {what}')


def _refuse_twins(file: Path, path: str, ids: list[str]) -> None:
    twin = next((item for item in ids if ids.count(item) > 1), None)
    if twin is not None:
        raise InvalidPack(file, path, f'holds "{twin}" twice')


def _file(folder: str, pack_id: str) -> Path:
    return PACKS / folder / f"{pack_id}.yaml"
