"""Walks over arrows, drawn as letters: `ab` is an arrow from a to b."""

import pytest

from apps.scoring.engine.graph import Arrows
from apps.scoring.engine.walks import cuts, longest_row, reached, shortest, without


def arrows(drawn: str) -> Arrows:
    pairs = drawn.split()
    ends = sorted(set("".join(pairs)))
    return {end: tuple(pair[1] for pair in pairs if pair[0] == end) for end in ends}


@pytest.mark.parametrize(
    ("drawn", "path"),
    [("ab bc cd", "abcd"), ("ab bd ac cd ad", "ad"), ("ab dc", ""), ("ab ba", "")],
)
def test_shortest_path(drawn: str, path: str) -> None:
    assert "".join(shortest(arrows(drawn), "a", "d")) == path


def test_a_part_reaches_itself_and_what_its_arrows_lead_to() -> None:
    assert reached(arrows("ab bc dc"), "b") == {"b", "c"}


def test_without_a_part_its_arrows_are_gone() -> None:
    assert without(arrows("ab bc"), "b") == {"a": (), "c": ()}


@pytest.mark.parametrize(
    ("drawn", "parts"),
    [("ab bc cz", "bc"), ("ab ac bd cd dz", "d"), ("ab ac bz cz", ""), ("ab", "")],
)
def test_parts_that_everything_passes(drawn: str, parts: str) -> None:
    assert "".join(cuts(arrows(drawn), "a", "z")) == parts


def test_longest_row_passes_no_part_twice() -> None:
    assert "".join(longest_row(arrows("ab bc cb cd ad"), "a")) == "abcd"
