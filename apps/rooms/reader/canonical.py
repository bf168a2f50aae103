"""What does a live document say, as one text that every implementation writes alike?

Browsers and the server compare the SHA-256 of this text to learn whether they hold the same
document; `docs/protocol.md` defines it and `tests/rooms/digest_vectors.json` has examples.
"""

import hashlib
import json
import struct
from collections.abc import Iterable, Mapping
from typing import Any

from pycrdt import Doc, Map, Text

WHOLE_NUMBERS_END = 2**53  # from here on not every whole number is a float64 of its own
DELETE = "\x7f"


def digest_of(doc: "Doc[Any]", roots: Iterable[str]) -> str:
    return hashlib.sha256(canonical(doc, roots).encode("ascii")).hexdigest()


def canonical(doc: "Doc[Any]", roots: Iterable[str]) -> str:
    """The text for the root maps of a document; those without an entry are left out."""
    maps = {root: doc.get(root, type=Map) for root in roots}
    return _written({root: entries for root, entries in maps.items() if len(entries)})


def _written(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str() | Text():
            return _string(str(value))
        case int() | float():
            return _number(value)
        case list():
            return f"[{','.join(map(_written, value))}]"
        case Map():
            return _object(dict(value.items()))
        case dict():
            return _object(value)
    return "null"  # a shared type that is none of ours: no room accepts one


def _object(entries: Mapping[str, object]) -> str:
    keys = sorted(entries, key=lambda key: key.encode("utf-16-be"))
    return f"{{{','.join(f'{_string(key)}:{_written(entries[key])}' for key in keys)}}}"


def _string(text: str) -> str:
    """As JSON.stringify, in ASCII. Python would write the delete character as an escape too."""
    if DELETE not in text:
        return json.dumps(text)
    return f'"{DELETE.join(json.dumps(part)[1:-1] for part in text.split(DELETE))}"'


def _number(value: float) -> str:
    """Whole numbers in digits (-0 is 0), others by their bits: no rounding, no dialects of 1e21."""
    if value == int(value) and abs(value) < WHOLE_NUMBERS_END:
        return str(int(value))
    return f"f{struct.pack('>d', value).hex()}"
