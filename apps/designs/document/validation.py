"""May this be imported, and what does it say? A file or a request -> a whole, normalised document.

A document is taken whole or refused whole. Three questions are asked in turn, and a later one only
if the earlier ones found nothing: is it plain JSON, has it the right shape, does it make sense?
"""

import json
import math
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, cast

from apps.core.errors import Fault, Invalid
from apps.core.json import Json, JsonObject
from apps.designs.document import items
from apps.designs.document.board import RawItems, board_from
from apps.designs.document.header import DEFAULT_FLOW, DEFAULT_TITLE
from apps.designs.document.limits import MAX_BYTES, MAX_FAULTS, MAX_ITEMS, MAX_STEPS
from apps.designs.document.meaning import Shaped, meaning_faults
from apps.designs.document.paths import brief, fault
from apps.designs.document.plainness import plainness_faults
from apps.designs.document.shape import shape_faults
from apps.designs.document.types import FORMAT, VERSION, DesignDocument, ProblemRef, StepBody
from apps.designs.document.values import json_value

# Where components stand that come without a place: a grid, so that none hides another.
_GRID_COLUMNS = 6
_GRID_STEP = (240, 120)
# More would take long to read, and Python refuses more than 4,300.
_MOST_DIGITS = 400


def parse_text(text: str | bytes) -> DesignDocument:
    """The document that a JSON text holds. Raises Invalid with the faults."""
    return parse(read_json(text))


def parse(data: object) -> DesignDocument:
    """The document, with a default for what is missing. Raises Invalid with the faults."""
    found = faults(data)
    if found:
        raise invalid(found)
    return _normalised(cast(Shaped, data))


def faults(data: object) -> list[Fault]:
    """What is wrong with a document, at most 20 faults; none means that `parse` takes it."""
    return (
        _first(plainness_faults(data))
        or _first(_amount_faults(data))
        or _first(shape_faults(data))
        or _first(meaning_faults(cast(Shaped, data)))
    )


def read_json(text: str | bytes) -> object:
    """JSON as the standard has it: no key twice, no bottomless nesting. Raises Invalid.

    NaN, Infinity and numbers beyond all bounds are read, as floats that are not finite: `faults`
    then says where they stand, which the JSON reader cannot.
    """
    if len(text) > MAX_BYTES:
        raise invalid([fault([], f"is larger than {MAX_BYTES // 1024**2} MiB")])
    try:
        decoded = text.decode("utf-8-sig") if isinstance(text, bytes) else text
        return json.loads(decoded, object_pairs_hook=_object, parse_int=_whole)
    except UnicodeDecodeError as error:
        raise invalid([fault([], f"is not UTF-8 text: byte {error.start} is wrong")]) from error
    except RecursionError as error:
        raise invalid([fault([], "is nested too deep")]) from error
    except ValueError as error:
        raise invalid([fault([], f"is not JSON: {error}")]) from error


def invalid(found: list[Fault]) -> Invalid:
    first = found[0]
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    return Invalid(f"The design was not taken: {first.path} {first.reason}{more}.", found)


def _first(found: Iterable[Fault]) -> list[Fault]:
    return list(islice(found, MAX_FAULTS))


def _object(pairs: list[tuple[str, Json]]) -> JsonObject:
    values = dict(pairs)
    if len(values) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key {brief(twice)} stands twice in one object")
    return values


def _whole(digits: str) -> float:
    return int(digits) if len(digits) <= _MOST_DIGITS else math.inf


def _amount_faults(data: object) -> Iterator[Fault]:
    """Lists that are too long, before anything looks at their entries."""
    if not isinstance(data, dict):
        return
    board = data.get("board")
    lists = [(("steps",), data.get("steps"), MAX_STEPS)]
    if isinstance(board, dict):
        lists += [(("board", kind), board.get(kind), most) for kind, most in MAX_ITEMS.items()]  # type: ignore[misc] # paths of two lengths
    for path, value, most in lists:
        if isinstance(value, list) and len(value) > most:
            yield fault(path, f"may have at most {most} entries, not {len(value)}")


def _normalised(data: Shaped) -> DesignDocument:
    document: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "id": data.get("id", ""),
        "title": data.get("title") or DEFAULT_TITLE,
        "created_at": data.get("created_at", ""),
        "updated_at": data.get("updated_at", ""),
        "flow": {
            key: data.get("flow", {}).get(key, DEFAULT_FLOW[key]) for key in ("id", "version")
        },
        "steps": _steps(data["steps"]),
        "board": board_from(lambda kind: _raw_items(data["board"], kind)),
        "comments": json_value(data.get("comments", []), 1),
    }
    if data.get("problem"):
        document["problem"] = _problem(data["problem"])
    known = {*document, "problem"}
    unknown = {key: json_value(value, 1) for key, value in data.items() if key not in known}
    return cast(DesignDocument, {**document, **unknown})


def _steps(raw: list[Shaped]) -> list[StepBody]:
    steps = [items.step(step["id"], step, index) for index, step in enumerate(raw, start=1)]
    return sorted(steps, key=lambda step: (step["number"], step["id"]))


def _problem(raw: Shaped) -> ProblemRef:
    return {
        "id": raw.get("id", ""),
        "version": raw.get("version", ""),
        "title": raw.get("title", ""),
        "prompt": raw.get("prompt", ""),
    }


def _raw_items(board: Shaped, kind: str) -> RawItems:
    for index, item in enumerate(board.get(kind, [])):
        yield item["id"], {**_grid_place(index), **item} if kind == "components" else item


def _grid_place(index: int) -> dict[str, float]:
    row, column = divmod(index, _GRID_COLUMNS)
    return {"x": column * _GRID_STEP[0], "y": row * _GRID_STEP[1]}
