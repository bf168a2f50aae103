"""Is a step judged by itself?"""

import pytest

from apps.content import registry
from tests.scoring.evaluation.ablation import GOAL, ablations


@pytest.mark.parametrize("problem", ["rec-video", "search-doc"])
def test_a_step_without_notes_falls_and_takes_no_other_along(problem: str) -> None:
    found = list(ablations("lexical", registry.problem(problem)))

    assert [one.step for one in found if one.lost <= 0] == []
    assert max(one.moved for one in found) <= GOAL
