"""JSON paths, as faults name them: `$.board.components[3].x`."""

import json
import re
from collections.abc import Iterable
from typing import TypeAlias

from apps.core.errors import Fault

Path: TypeAlias = tuple[str | int, ...]

_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_BRIEF = 60  # characters of a wrong value that a fault repeats


def fault(path: Iterable[str | int], reason: str) -> Fault:
    return Fault(json_path(path), reason)


def json_path(path: Iterable[str | int]) -> str:
    return "$" + "".join(map(_part, path))


def brief(value: object) -> str:
    """A wrong value as JSON, short enough for a sentence."""
    text = json.dumps(value, default=repr)
    return text if len(text) <= _BRIEF else text[: _BRIEF - 1] + "…"


def _part(key: str | int) -> str:
    if isinstance(key, int):
        return f"[{key}]"
    return f".{key}" if _PLAIN_KEY.fullmatch(key) else f"[{json.dumps(key)}]"
