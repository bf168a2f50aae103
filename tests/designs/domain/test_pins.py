"""A session keeps the versions of flow, problem and rubric that it began with."""

import pytest

from apps.content import registry
from apps.content.domain import library
from apps.designs.domain.flows import switch_flow
from tests.factories import make_design

pytestmark = pytest.mark.django_db


def test_a_new_session_pins_what_there_is_now() -> None:
    design = make_design(problem="rec-video")

    flow, problem, rubric = registry.flow(), library.problem("rec-video"), registry.rubric()
    assert (design.flow_id, design.flow_version) == (flow.id, flow.version)
    assert (design.problem_id, design.problem_version) == (problem.id, problem.version)
    assert (design.rubric_id, design.rubric_version) == (rubric.id, rubric.version)


def test_with_the_flow_the_rubric_changes() -> None:
    design = make_design(problem="rec-video")

    switch_flow(design, "system-design")

    rubric = registry.rubric("system-design")
    assert (design.rubric_id, design.rubric_version) == (rubric.id, rubric.version)


def test_switching_back_brings_back_the_rubric_of_the_problem() -> None:
    design = make_design(problem="rec-video")

    switch_flow(design, "system-design")
    switch_flow(design, "ml-9-step")

    assert design.rubric_id == "ml-9-step"
