"""Walks over arrows, drawn as letters: `ab` is an arrow from a to b."""

import pytest

from apps.scoring.engine.graph import Arrows
from apps.scoring.engine.walks import cuts, farthest, reached, reversed_arrows, shortest, without


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


@pytest.mark.parametrize(
    ("drawn", "path"),
    [("ab bc cb cd", "abcd"), ("ab bc cd ad", "abc"), ("ab ac", "ac"), ("bc", "")],
)
def test_the_part_that_is_the_most_arrows_away(drawn: str, path: str) -> None:
    assert "".join(farthest(arrows(drawn), "a")) == path


def test_reversed_arrows_point_back() -> None:
    assert reversed_arrows(arrows("ab cb")) == {"a": (), "b": ("a", "c"), "c": ()}


def test_a_way_around_two_parts_spares_both() -> None:
    assert cuts(arrows("ab bc cd dz bx xd"), "a", "z") == ["b", "d"]


def test_thousands_of_arrows_take_no_time() -> None:
    """A row of layers, each part leading to all of the next: ways without number."""
    width, depth = 40, 10
    layers = [[f"{layer}-{n}" for n in range(width)] for layer in range(depth)]
    crowd: Arrows = {
        id_: tuple(following)
        for layer, following in zip(layers, [*layers[1:], []], strict=True)
        for id_ in layer
    }

    assert cuts(crowd, ["0-0"], ["9-0"]) == []
    assert len(farthest(crowd, ["0-0"])) == depth
