"""What interviewers have beside them: the bank's keys only for those who may read them."""

from typing import Any

import pytest

from apps.interviews.domain.material import material_json
from tests.factories import make_interview

pytestmark = pytest.mark.django_db


def test_each_step_has_probes_and_hints_of_the_rubric() -> None:
    body: Any = material_json(make_interview().design, has_keys=False)

    for step in body["steps"].values():
        assert step["probes"]
        assert step["reference"] == ""
    assert body["key_components"] == []
    assert body["has_reference"] is False


def test_with_the_keys_there_is_the_problems_answer() -> None:
    design = make_interview().design
    design.problem_id = "rec-video"

    body: Any = material_json(design, has_keys=True)

    assert body["key_components"]
    assert any(step["special"] for step in body["steps"].values())
