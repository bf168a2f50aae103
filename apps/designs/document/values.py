"""Any value whatever -> a value of the wanted type. Total: what does not fit gives the default."""

import math
import re
from collections.abc import Mapping

from apps.core.json import Json, JsonObject
from apps.designs.document.limits import (
    FORBIDDEN_KEYS,
    MAX_COORDINATE,
    MAX_DEPTH,
    MAX_ID,
    MAX_SIZE,
    MAX_WHOLE_NUMBER,
)

# Neither the database nor the wire can hold these.
UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def text(value: object, default: str = "") -> str:
    return UNSTORABLE.sub("", value) if isinstance(value, str) else default


def choice(value: object, choices: tuple[str, ...], default: str) -> str:
    return value if isinstance(value, str) and value in choices else default


def coordinate(value: object, default: float = 0) -> float:
    return number(value, default, -MAX_COORDINATE, MAX_COORDINATE)


def size(value: object, default: float) -> float:
    """A length above zero. Zero and less mean that it was never measured: the default."""
    length = number(value, default, 0, MAX_SIZE)
    return length if length > 0 else default


def number(value: object, default: float, low: float, high: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return default
    return plain_number(min(max(value, low), high))


def plain_number(value: float) -> float:
    """The one Python spelling of a number: whole ones are ints, as in a browser's JSON."""
    whole = abs(value) <= MAX_WHOLE_NUMBER and value == int(value)
    return int(value) if whole else float(value)


def is_id(value: object) -> bool:
    return (
        isinstance(value, str)
        and 0 < len(value) <= MAX_ID
        and value not in FORBIDDEN_KEYS
        and not UNSTORABLE.search(value)
    )


def reference(value: object) -> str | None:
    """The id of another item; None where there is none."""
    return value if isinstance(value, str) and is_id(value) else None


def json_object(value: object, depth: int) -> JsonObject:
    """A JSON object with its keys in order, so that equal objects have equal text.

    depth: of the value in its document, which has depth 0.
    """
    plain = json_value(value, depth) if isinstance(value, Mapping) else {}
    return plain if isinstance(plain, dict) else {}


def json_value(value: object, depth: int) -> Json:
    if isinstance(value, Mapping | list | tuple) and depth >= MAX_DEPTH:
        return None
    if isinstance(value, Mapping):
        return {
            text(key): json_value(value[key], depth + 1)
            for key in sorted(value)
            if isinstance(key, str) and key not in FORBIDDEN_KEYS
        }
    if isinstance(value, list | tuple):
        return [json_value(item, depth + 1) for item in value]
    if isinstance(value, str):
        return text(value)
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        return plain_number(value) if math.isfinite(value) else None
    return None
