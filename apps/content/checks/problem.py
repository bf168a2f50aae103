"""Does a problem name what is there, fill its hour, and mark each criterion of an answer once?"""

from collections.abc import Iterator
from typing import Final

from apps.content.build import problem_of
from apps.content.checks.board import check_board
from apps.content.checks.naming import (
    CRITERION,
    STEP,
    TYPE,
    component_types,
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
from apps.content.yaml_files import Keys

CROSS_STEP: Final = "cross-step"  # where a worked answer marks what belongs to no one step


def check(pack: Pack) -> None:
    problem = problem_of(pack)
    steps = steps_of(flow_named_by(pack, problem.flow))
    criteria = criteria_of(rubric_named_by(pack, problem.rubric))
    refuse_twins(pack, ("special_criteria",))
    for index, special in enumerate(problem.special_criteria):
        where: Keys = ("special_criteria", index, "criterion")
        require(pack, where, special.criterion, criteria, CRITERION)
    for index, part in enumerate(problem.key_components):
        require(pack, ("key_components", index, "type"), part.type, component_types(), TYPE)
    for index, follow_up in enumerate(problem.follow_ups):
        require(pack, ("follow_ups", index, "step"), follow_up.step, steps, STEP)
    require_items(pack, ("not_applicable",), problem.not_applicable, criteria, CRITERION)
    require_items(pack, ("emphasis",), problem.emphasis, steps, STEP)
    for length, plan in problem.plan.items():
        _check_plan(pack, length, plan, steps)
    for keys, design in _worked_designs(pack.document):
        require_keys(pack, (*keys, "notes"), design["notes"], steps, STEP)
        check_board(pack, (*keys, "board"), design["board"])
    for index, answer in enumerate(pack.document.get("answers", [])):
        _check_marks(pack, ("answers", index, "marks"), answer["marks"], steps, criteria)


def _check_plan(pack: Pack, length: str, plan: dict[str, int], steps: set[str]) -> None:
    keys: Keys = ("plan", length)
    require_keys(pack, keys, plan, steps, STEP)
    if sum(plan.values()) != int(length):
        raise pack.fault(keys, f"adds up to {sum(plan.values())} minutes")


def _worked_designs(document: Data) -> Iterator[tuple[Keys, Data]]:
    if "reference" in document:
        yield ("reference",), document["reference"]
    for index, answer in enumerate(document.get("answers", [])):
        yield ("answers", index), answer


def _check_marks(pack: Pack, keys: Keys, marks: Data, steps: set[str], criteria: set[str]) -> None:
    require_keys(pack, keys, marks, steps | {CROSS_STEP}, STEP)
    left = set(criteria)
    for step, step_marks in marks.items():
        levels = step_marks["levels"]
        require_keys(pack, (*keys, step, "levels"), levels, left, "criterion left to mark")
        left -= levels.keys()
    if left:
        raise pack.fault(keys, f"leaves out {', '.join(sorted(left))}")
