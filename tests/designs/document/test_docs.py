"""The page about the format tells the truth."""

import json
import re
from pathlib import Path

from apps.designs.document.limits import MAX_ITEMS
from apps.designs.document.shape import design_schema
from apps.designs.document.validation import faults, parse

PAGE = (Path(__file__).parents[3] / "docs/design-document.md").read_text(encoding="utf-8")


def test_the_example_is_a_design_document() -> None:
    example = json.loads(_example())

    assert faults(example) == []
    assert parse(example)["x-my-tool"] == {"anything": True}  # type: ignore[typeddict-item]


def test_the_schema_and_the_page_state_the_limits_of_the_code() -> None:
    board = design_schema()["properties"]["board"]["properties"]  # type: ignore[index,call-overload]

    assert {kind: board[kind]["maxItems"] for kind in board} == MAX_ITEMS  # type: ignore[index,call-overload,union-attr]
    for limit in MAX_ITEMS.values():
        assert f"{limit:,}" in PAGE


def _example() -> str:
    found = re.search(r"```json\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None
    return found.group(1)
