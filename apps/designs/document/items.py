"""One item of the board from the values that somebody wrote for it.

The file and the live document meet here: both hand over a mapping of whatever they hold, and get
the item as the document format has it. Total: a value that is missing or wrong becomes its default.
"""

import re
from collections.abc import Mapping
from typing import Final, cast, get_args

from apps.designs.document.limits import MAX_STROKE_POINTS, MAX_TYPE, MAX_WAYPOINTS
from apps.designs.document.types import (
    ComponentBody,
    ConnectionBody,
    ConnectionKind,
    GroupBody,
    StepBody,
    StepStatus,
    StickyBody,
    StrokeBody,
    TextBody,
)
from apps.designs.document.values import (
    choice,
    coordinate,
    json_object,
    number,
    reference,
    size,
    text,
)

Raw = Mapping[str, object]

OTHER_TYPE: Final = "other"
COMPONENT_SIZE: Final = (172, 52)
GROUP_SIZE: Final = (320, 240)
STICKY_SIZE: Final = (180, 120)
STROKE_WIDTH: Final = 2

CONNECTION_KINDS: Final = get_args(ConnectionKind)
STEP_STATUSES: Final = get_args(StepStatus)
MAX_STEP_NUMBER = 1_000

_FIELDS_DEPTH = 4  # $.board.components[n].fields
_TYPE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_COLOR = re.compile(r"#?[A-Za-z0-9-]{1,40}")


def step(step_id: str, raw: Raw, default_number: int = 1) -> StepBody:
    return {
        "id": step_id,
        "number": int(number(raw.get("number"), default_number, 1, MAX_STEP_NUMBER)),
        "status": cast(StepStatus, choice(raw.get("status"), STEP_STATUSES, "in_play")),
        "notes": text(raw.get("notes")),
    }


def component(item_id: str, raw: Raw) -> ComponentBody:
    return {
        "id": item_id,
        "type": _component_type(raw.get("type")),
        "name": text(raw.get("name")),
        "notes": text(raw.get("notes")),
        "x": coordinate(raw.get("x")),
        "y": coordinate(raw.get("y")),
        "width": size(raw.get("width"), COMPONENT_SIZE[0]),
        "height": size(raw.get("height"), COMPONENT_SIZE[1]),
        "group": reference(raw.get("group")),
        "pinned": raw.get("pinned") is True,
        "tags": [text(tag) for tag in _list(raw.get("tags")) if isinstance(tag, str)],
        "fields": json_object(raw.get("fields"), _FIELDS_DEPTH),
    }


def connection(item_id: str, raw: Raw) -> ConnectionBody:
    """source and target may come out empty: whoever calls leaves such a connection out."""
    return {
        "id": item_id,
        "source": reference(raw.get("source")) or "",
        "target": reference(raw.get("target")) or "",
        "source_port": text(raw.get("source_port")) or None,
        "target_port": text(raw.get("target_port")) or None,
        "kind": cast(ConnectionKind, choice(raw.get("kind"), CONNECTION_KINDS, "request")),
        "label": text(raw.get("label")),
        "waypoints": _points(raw.get("waypoints"), 2, MAX_WAYPOINTS),
    }


def group(item_id: str, raw: Raw) -> GroupBody:
    return {
        "id": item_id,
        "name": text(raw.get("name")),
        "kind": text(raw.get("kind")) or "group",
        "parent": reference(raw.get("parent")),
        "x": coordinate(raw.get("x")),
        "y": coordinate(raw.get("y")),
        "width": size(raw.get("width"), GROUP_SIZE[0]),
        "height": size(raw.get("height"), GROUP_SIZE[1]),
    }


def sticky(item_id: str, raw: Raw) -> StickyBody:
    return {
        "id": item_id,
        "text": text(raw.get("text")),
        "x": coordinate(raw.get("x")),
        "y": coordinate(raw.get("y")),
        "width": size(raw.get("width"), STICKY_SIZE[0]),
        "height": size(raw.get("height"), STICKY_SIZE[1]),
        "color": _color(raw.get("color"), "yellow"),
    }


def stroke(item_id: str, raw: Raw) -> StrokeBody:
    return {
        "id": item_id,
        "points": _points(raw.get("points"), 3, MAX_STROKE_POINTS),
        "color": _color(raw.get("color"), "ink"),
        "width": size(raw.get("width"), STROKE_WIDTH),
    }


def free_text(item_id: str, raw: Raw) -> TextBody:
    return {
        "id": item_id,
        "text": text(raw.get("text")),
        "x": coordinate(raw.get("x")),
        "y": coordinate(raw.get("y")),
    }


def _component_type(value: object) -> str:
    named = isinstance(value, str) and len(value) <= MAX_TYPE and _TYPE.fullmatch(value)
    return str(value) if named else OTHER_TYPE


def _color(value: object, default: str) -> str:
    return value if isinstance(value, str) and _COLOR.fullmatch(value) else default


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []


def _points(value: object, length: int, limit: int) -> list[list[float]]:
    points = (_list(point) for point in _list(value)[:limit])
    return [_point(point, length) for point in points if len(point) >= 2]


def _point(values: list[object], length: int) -> list[float]:
    """x, y and, where three values are wanted, the pressure of the pen from 0 to 1."""
    place = [coordinate(values[0]), coordinate(values[1])]
    if length == 2:
        return place
    return [*place, number(values[2] if len(values) > 2 else None, 0.5, 0, 1)]
