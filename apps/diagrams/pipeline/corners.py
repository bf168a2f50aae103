"""What is to be known of a line that Graphviz drew? Its middle, and how its corners become round.

Graphviz 2.43 draws orthogonal lines as Bezier curves with square corners; newer versions have a
`radius` of their own.
"""

import re
from itertools import pairwise
from typing import Final, TypeAlias

Point: TypeAlias = tuple[float, float]

RADIUS: Final = 10.0
_PAIR: Final = re.compile(r"(-?\d+(?:\.\d+)?)[,\s](-?\d+(?:\.\d+)?)")


def path_points(d: str) -> list[Point]:
    """The points of a path of Graphviz's: a start, then three for each Bezier piece."""
    return [(float(x), float(y)) for x, y in _PAIR.findall(d)]


def path_middle(d: str) -> Point | None:
    """A point on the middle piece of a path; None for a path without a piece."""
    points = path_points(d)
    pieces = (len(points) - 1) // 3
    if pieces < 1:
        return None
    a, b, c, e = points[pieces // 2 * 3 :][:4] if pieces % 2 else [points[pieces // 2 * 3]] * 4
    x, y = ((a[n] + 3 * b[n] + 3 * c[n] + e[n]) / 8 for n in (0, 1))
    return x, y


def rounded_path(d: str, radius: float = RADIUS) -> str | None:
    """The path with round corners, or None where it is not made of square ones."""
    controls = path_points(d)
    points = _corner_points(controls)
    if len(points) < 3 or not all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(controls)):
        return None
    steps = [f"M{_written(points[0])}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        reach = min(radius, _length(before, corner) / 2, _length(corner, after) / 2)
        start, end = _towards(corner, before, reach), _towards(corner, after, reach)
        steps.append(f"L{_written(start)} Q{_written(corner)} {_written(end)}")
    return " ".join([*steps, f"L{_written(points[-1])}"])


def _corner_points(points: list[Point]) -> list[Point]:
    """Ends of the Bezier pieces, without repeated points and those in the middle of a straight."""
    kept: list[Point] = []
    for point in points[:1] + points[3::3]:
        if kept and point == kept[-1]:
            continue
        if len(kept) > 1 and _is_straight(kept[-2], kept[-1], point):
            kept[-1] = point
        else:
            kept.append(point)
    return kept


def _is_straight(a: Point, b: Point, c: Point) -> bool:
    return a[0] == b[0] == c[0] or a[1] == b[1] == c[1]


def _length(a: Point, b: Point) -> float:
    return abs(a[0] - b[0]) + abs(a[1] - b[1])


def _towards(corner: Point, end: Point, reach: float) -> Point:
    part = reach / _length(corner, end)
    return corner[0] + (end[0] - corner[0]) * part, corner[1] + (end[1] - corner[1]) * part


def _written(point: Point) -> str:
    return f"{point[0]:g},{point[1]:g}"
