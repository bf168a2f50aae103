"""What a Yjs update (format 1) is about to change, found without opening it in the CRDT library.

The library trusts its input: bytes that no honest client writes can freeze or end the process. So
an update is read here first, in bounded steps, and only kinds of content that the documents use
get through. Everything is checked against the lengths that the update itself declares.
"""

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

from apps.rooms.room.encoding import Reader, Truncated
from apps.rooms.room.updates import Unacceptable, Vector

MAX_DEPTH = 16  # of a plain value
MAX_CLOCK = 2**32  # more changes than one client makes; keeps numbers within the library's


class Content(IntEnum):
    COLLECTED = 0
    DELETED = 1
    STRING = 4
    TYPE = 7
    ANY = 8
    SKIP = 10


SHARED_TYPES: Final = frozenset({1, 2})  # Y.Map, Y.Text

HAS_ORIGIN, HAS_RIGHT_ORIGIN, HAS_KEY = 0x80, 0x40, 0x20


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive structs of one client: clocks start..end-1."""

    client: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Outline:
    """builds_on: neighbours and parents that the new structs name; the highest of each client.
    has_hole: updates were merged between which one is missing.
    """

    added: tuple[Run, ...]
    deleted: tuple[Run, ...]
    builds_on: Vector = field(default_factory=dict)
    has_hole: bool = False


def outline_of(update: bytes, roots: frozenset[str]) -> Outline:
    """What the update adds and deletes. `roots` are the root maps it may write to.

    Raises Unacceptable.
    """
    reader = _UpdateReader(update, roots)
    try:
        added = tuple(_read_structs(reader) for _ in range(_count(reader)))
        deleted = _read_deletions(reader)
    except Truncated as error:
        raise Unacceptable(str(error)) from error
    if not reader.is_done:
        raise Unacceptable(f"{reader.left} bytes too many.")
    if len({run.client for run in added}) != len(added):
        raise Unacceptable("A client occurs twice.")
    return Outline(added, deleted, reader.builds_on, reader.has_hole)


class _UpdateReader(Reader):
    """With what is known and found on the way."""

    __slots__ = ("builds_on", "has_hole", "roots")

    def __init__(self, data: bytes, roots: frozenset[str]) -> None:
        super().__init__(data)
        self.roots = roots
        self.builds_on: Vector = {}
        self.has_hole = False

    def reference(self) -> None:
        """The id of a struct."""
        client, clock = self.uint(), self.uint()
        self.builds_on[client] = max(clock, self.builds_on.get(client, 0))


# Structs ---------------------------------------------------------------------------------------


def _read_structs(reader: _UpdateReader) -> Run:
    count = _count(reader)
    client, start = reader.uint(), reader.uint()
    end = start
    for _ in range(count):
        end += _read_struct(reader)
        if end > MAX_CLOCK:
            raise Unacceptable(f"Clock {end} of client {client} is too high.")
    return Run(client, start, end)


def _read_struct(reader: _UpdateReader) -> int:
    """Length of the struct, in clocks."""
    info = reader.take(1)[0]
    kind = info & 0x1F
    if kind == Content.COLLECTED:
        return _length(reader)
    if kind == Content.SKIP:
        reader.has_hole = True
        return _length(reader)
    _read_place(reader, info)
    return _read_content(reader, kind)


def _read_place(reader: _UpdateReader, info: int) -> None:
    """Neighbours, or else the parent: a root map and its key, or an item by its id."""
    if info & HAS_ORIGIN:
        reader.reference()
    if info & HAS_RIGHT_ORIGIN:
        reader.reference()
    if info & (HAS_ORIGIN | HAS_RIGHT_ORIGIN):
        return
    is_root = reader.uint() == 1
    if is_root and reader.string() not in reader.roots:
        raise Unacceptable("An unknown root.")
    if not is_root:
        reader.reference()
    if info & HAS_KEY:
        reader.string()
    elif is_root:
        raise Unacceptable("A root map holds only keys.")


def _read_content(reader: Reader, kind: int) -> int:
    match kind:
        case Content.DELETED:
            return _length(reader)
        case Content.STRING:
            return _utf16_length(reader.string())
        case Content.TYPE:
            return _read_type(reader)
        case Content.ANY:
            return _read_values(reader)
        case _:
            raise Unacceptable(f"Content of kind {kind}.")


def _read_type(reader: Reader) -> int:
    kind = reader.uint()
    if kind not in SHARED_TYPES:
        raise Unacceptable(f"A shared type of kind {kind}.")
    return 1


def _read_values(reader: Reader) -> int:
    count = _count(reader)
    if count == 0:
        raise Unacceptable("An item without content.")
    for _ in range(count):
        _read_value(reader, 0)
    return count


def _utf16_length(text: str) -> int:
    if not text:
        raise Unacceptable("An item without content.")
    return len(text) + sum(character > "\uffff" for character in text)


# Plain values ----------------------------------------------------------------------------------

# undefined and null, false, true: the tag is all there is. 64-bit integers (122) and byte arrays
# (116) are no JSON; nobody writes them.
UNDEFINED, NULL, INTEGER, FLOAT_32, FLOAT_64, FALSE, TRUE = 127, 126, 125, 124, 123, 121, 120
STRING, OBJECT, ARRAY = 119, 118, 117
FLOAT_BYTES: Final = {FLOAT_32: 4, FLOAT_64: 8}


def _read_value(reader: Reader, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise Unacceptable(f"A value is nested deeper than {MAX_DEPTH}.")
    tag = reader.take(1)[0]
    match tag:
        case 127 | 126 | 121 | 120:
            return
        case 125:
            reader.uint()  # signed, but the bytes end by the same rule
        case 124 | 123:
            reader.take(FLOAT_BYTES[tag])
        case 119:
            reader.string()
        case 118:
            for _ in range(_count(reader)):
                reader.string()
                _read_value(reader, depth + 1)
        case 117:
            for _ in range(_count(reader)):
                _read_value(reader, depth + 1)
        case _:
            raise Unacceptable(f"A value of type {tag}.")


# Deletions -------------------------------------------------------------------------------------


def _read_deletions(reader: Reader) -> tuple[Run, ...]:
    return tuple(run for _ in range(_count(reader)) for run in _read_deleted_runs(reader))


def _read_deleted_runs(reader: Reader) -> list[Run]:
    client = reader.uint()
    return [_read_deleted_run(reader, client) for _ in range(_count(reader))]


def _read_deleted_run(reader: Reader, client: int) -> Run:
    start = reader.uint()
    return Run(client, start, start + _length(reader))


# Numbers ---------------------------------------------------------------------------------------


def _count(reader: Reader) -> int:
    """How many things follow: each takes a byte at least."""
    count = reader.uint()
    if count > reader.left:
        raise Unacceptable(f"{count} things in {reader.left} bytes.")
    return count


def _length(reader: Reader) -> int:
    length = reader.uint()
    if not 0 < length <= MAX_CLOCK:
        raise Unacceptable(f"A length of {length}.")
    return length
