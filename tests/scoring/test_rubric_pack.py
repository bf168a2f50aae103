"""The rubric fits the flow, the catalogue and itself."""

from typing import Any

import pytest

from apps.content import registry
from apps.scoring.engine.rubric import Rubric

DATA: Any = registry.rubric().data
CRITERIA: list[Any] = DATA["criteria"]


def test_steps_are_those_of_the_flow_and_weigh_a_hundred() -> None:
    flow = registry.flow(DATA["flow"])

    assert [step["id"] for step in DATA["steps"]] == [step.id for step in flow.steps]
    assert sum(step["weight"] for step in DATA["steps"]) == 100


def test_criteria_have_ids_of_their_step_once() -> None:
    prefixes = {step["id"]: step["prefix"] for step in DATA["steps"]}
    prefixes[None] = DATA["cross_step"]["prefix"]
    ids = [criterion["id"] for criterion in CRITERIA]

    assert (len(ids), len(set(ids))) == (68, 68)
    assert all(one["id"].split(".")[0] == prefixes[one["step"]] for one in CRITERIA)


@pytest.mark.parametrize(
    "criterion", [one for one in CRITERIA if one["step"]], ids=lambda c: c["id"]
)
def test_criterion_can_be_shown_in_words_beside_its_core(criterion: Any) -> None:
    roles = [facet["role"] for facet in criterion["facets"]]

    assert "core" in roles
    assert criterion["by"] == ["G"] or len(roles) >= 2
    assert len(set(criterion["anchors"])) == 4


def test_problems_leave_out_criteria_that_exist() -> None:
    ids = {criterion["id"] for criterion in CRITERIA}

    assert {one for problem in registry.problems() for one in problem.not_applicable} <= ids


def test_every_pattern_compiles(rubric: Rubric) -> None:
    assert len(rubric.lookup.phrases) > 2000
    assert len(rubric.lookup.together) > 100
