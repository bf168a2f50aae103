"""Square corners become round, and nothing else changes."""

import pytest

from apps.diagrams.pipeline.corners import path_middle, rounded_path


def test_corner_becomes_an_arc() -> None:
    path = "M0,0C0,0 100,0 100,0 100,0 100,-50 100,-50"

    assert rounded_path(path) == "M0,0 L90,0 Q100,0 100,-10 L100,-50"


def test_short_pieces_get_smaller_arcs() -> None:
    path = "M0,0C0,0 8,0 8,0 8,0 8,50 8,50 8,50 100,50 100,50"

    assert rounded_path(path) == "M0,0 L4,0 Q8,0 8,4 L8,40 Q8,50 18,50 L100,50"


@pytest.mark.parametrize(
    "path",
    [
        "",
        "M0,0C10,0 20,0 30,0",
        "M0,0C10,5 20,5 30,0",
        "M0,0C10,5 20,0 30,0 30,0 30,10 30,20",  # ends square, curved between
        "M0,0C0,0 10,20 10,20 10,20 30,20 30,20",
    ],
)
def test_other_lines_are_left_alone(path: str) -> None:
    assert rounded_path(path) is None


@pytest.mark.parametrize(
    ("path", "middle"),
    [
        ("", None),
        ("M0,0", None),
        ("M0,0C0,8 8,8 8,0", (4, 6)),
        ("M0,0C1,1 2,2 3,3 4,4 5,5 6,6", (3, 3)),
    ],
)
def test_middle_of_a_line(path: str, middle: tuple[float, float] | None) -> None:
    assert path_middle(path) == middle
