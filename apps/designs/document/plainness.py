"""Can a JSON value be stored, sent and read everywhere? What no schema can say about any value."""

import math
from collections.abc import Iterator

from apps.core.errors import Fault
from apps.designs.document.limits import FORBIDDEN_KEYS, MAX_DEPTH, MAX_WHOLE_NUMBER
from apps.designs.document.paths import Path, fault
from apps.designs.document.values import UNSTORABLE


def plainness_faults(data: object) -> Iterator[Fault]:
    """Faults of depth, keys, characters and numbers, anywhere. Walks without recursion."""
    waiting: list[tuple[Path, object]] = [((), data)]
    while waiting:
        path, value = waiting.pop()
        if len(path) >= MAX_DEPTH and isinstance(value, dict | list):
            yield fault(path, f"is nested more than {MAX_DEPTH} levels deep")
        elif isinstance(value, dict):
            yield from _key_faults(path, value)
            waiting += [((*path, str(key)), inner) for key, inner in reversed(value.items())]
        elif isinstance(value, list):
            waiting += [((*path, i), value[i]) for i in reversed(range(len(value)))]
        else:
            yield from _scalar_faults(path, value)


def _key_faults(path: Path, value: dict[object, object]) -> Iterator[Fault]:
    for key in value:
        if not isinstance(key, str):
            yield fault(path, f"has the key {key!r}, which is not a string")
        elif key in FORBIDDEN_KEYS:
            yield fault(path, f'may not have the key "{key}"')
        elif UNSTORABLE.search(key):
            yield fault(path, f"has the key {key!a}, {_CHARACTER}")


def _scalar_faults(path: Path, value: object) -> Iterator[Fault]:
    if value is None or isinstance(value, bool):
        return
    if isinstance(value, str):
        found = UNSTORABLE.search(value)
        if found:
            yield fault(path, f"has {found.group()!a} at character {found.start()}, {_CHARACTER}")
    elif isinstance(value, float):
        if not math.isfinite(value):
            yield fault(path, f"must be a finite number, not {value}")
    elif isinstance(value, int):
        if abs(value) > MAX_WHOLE_NUMBER:
            yield fault(path, "is a whole number of more than 53 bits: write it as a string")
    else:
        yield fault(path, f"is a {type(value).__name__}, which is not JSON")


_CHARACTER = "which cannot be stored: a NUL or half of a surrogate pair"
