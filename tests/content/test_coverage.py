"""Nothing of the outline is left out, and nothing is claimed that is not there."""

from pathlib import Path
from typing import Any

import pytest

from apps.content import registry
from apps.content.checks import check_pack
from apps.content.coverage import KINDS_OF_COVER, coverage_of
from apps.content.loader import InvalidPack, read_pack
from tests.content.packs import copy_of

LINES = 381
ROWS = [row for part in coverage_of().parts for row in part.rows]


def test_every_line_is_in_exactly_one_row() -> None:
    lines = [line for row in ROWS for line in range(row.first_line, row.last_line + 1)]

    assert lines == list(range(1, LINES + 1))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_every_point_is_covered(row: Any) -> None:
    assert any(getattr(row, kind) for kind in KINDS_OF_COVER)


def test_every_prompt_of_the_flow_comes_from_a_point_or_has_a_reason() -> None:
    prompts = {prompt.id for step in registry.flow().steps for prompt in step.prompts}

    assert 75 <= len(prompts) <= 115
    assert _covering("prompts") == prompts


def test_every_criterion_comes_from_a_point_or_has_a_reason() -> None:
    criteria: Any = registry.rubric().data["criteria"]

    assert _covering("criteria") == {criterion["id"] for criterion in criteria}


@pytest.mark.parametrize(
    ("old", "new", "path", "reason"),
    [
        ("lines: [3, 3]", "lines: [4, 4]", "bullets[2].lines", "must begin with line 3"),
        ("lines: [380, 381]", "lines: [380, 380]", "$.parts", "end with line 380 of 381"),
        ("id: zoom-out", "id: open-ended", "bullets[3].id", '"open-ended" stands twice'),
        ("[pf-plan]", "[pf-plane]", "prompts[0]", 'names "pf-plane", which is no prompt'),
        ("id: xc.comm,", "id: xc.com,", "$.additions.criteria", 'names "xc.com"'),
    ],
)
def test_a_coverage_with_a_fault(
    tmp_path: Path, old: str, new: str, path: str, reason: str
) -> None:
    folder = copy_of("coverage/seed", tmp_path, ("coverage.yaml", old, new))

    with pytest.raises(InvalidPack) as refused:
        check_pack(read_pack("coverage", folder))

    assert path in refused.value.faults[0].path
    assert reason in refused.value.faults[0].reason


def _covering(kind: str) -> set[str]:
    added = {one.thing.id for one in coverage_of().additions if one.kind == kind}
    return added | {named.id for row in ROWS for named in getattr(row, kind)}
