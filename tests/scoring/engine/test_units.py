"""Notes become units whose offsets cut exactly the quote out of the raw text."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.scoring.engine.units import units_of


def quotes(notes: str) -> list[str]:
    return [notes[unit.start : unit.end] for unit in units_of(notes)]


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        ("One thing. Another thing!", ["One thing.", "Another thing!"]),
        ("- first\n- second\n  goes on", ["first", "second\n  goes on"]),
        ("1. one\n2) two", ["one", "two"]),
        ("# Heading\ntext below", ["text below"]),
        ("**Labels**\ntext below", ["text below"]),
        ("Data:\n- clicks", ["clicks"]),
        ("A line\nthat goes on. Then more", ["A line\nthat goes on.", "Then more"]),
        ("We log e.g. clicks. Then we wait.", ["We log e.g. clicks.", "Then we wait."]),
        ("| a | b |\n|---|---|\n| c | d |", ["| a | b |", "| c | d |"]),
        ("before\n```\ncode here.\n```\nafter", ["before", "after"]),
        ("0.5 is the rate. 1.5 is not.", ["0.5 is the rate.", "1.5 is not."]),
        ("", []),
        ("--- \n\n ***", []),
    ],
)
def test_units_of(notes: str, expected: list[str]) -> None:
    assert quotes(notes) == expected


def test_units_count_code_points() -> None:
    notes = "🎬 Ein Film. Größe: 5 GB."

    assert quotes(notes) == ["🎬 Ein Film.", "Größe: 5 GB."]


def test_heading_is_the_context_of_what_follows() -> None:
    units = units_of("## Labels\n- finished titles\n\n## Storage\n- a lake")

    assert [unit.context for unit in units] == ["Labels", "Storage"]


@settings(derandomize=True, max_examples=200)
@given(st.text(st.sampled_from("ab .!?\n-#|*`1é🎬:"), max_size=80))
def test_units_lie_in_order_within_the_notes(notes: str) -> None:
    units = units_of(notes)

    assert all(0 <= unit.start < unit.end <= len(notes) for unit in units)
    assert all(left.end <= right.start for left, right in pairwise(units))
    assert all(len(unit.clean) == unit.end - unit.start for unit in units)
