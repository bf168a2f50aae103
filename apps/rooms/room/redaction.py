"""An update as a guest may see it: what was deleted since is cut out, all else stays as it was.

The log keeps deleted text for ever, but a guest must not find it there. Cut-out content becomes
"deleted content" of the same length, so that every id keeps its meaning: the later changes still
fit, and the document comes out the same. Single numbers and truth values are kept, so that things
which are gone by now still come and move. Lists and objects are cut out with the strings: a stroke
can be handwriting.

Ids count UTF-16 code units, as Yjs does.
"""

from bisect import bisect_right
from collections.abc import Iterator
from enum import IntEnum
from typing import Final, NamedTuple

from apps.rooms.room.encoding import Reader, Truncated, string, uint

MAX_DEPTH = 32  # of a plain value


class Unreadable(ValueError):
    """The bytes are no update of ours, so nothing can be cut out of them."""


class Content(IntEnum):
    COLLECTED = 0
    DELETED = 1
    STRING = 4
    TYPE = 7
    ANY = 8
    SKIP = 10


HAS_ORIGIN, HAS_RIGHT_ORIGIN, HAS_KEY = 0x80, 0x40, 0x20
KIND: Final = 0x1F


class Span(NamedTuple):
    """Clocks start..end-1 of one client, all of them visible or none."""

    start: int
    end: int
    is_visible: bool


class Visible:
    """Which parts of a document are still there, by id. What it does not know is not visible."""

    def __init__(self) -> None:
        # For each client: where a span ends and another begins. The first begins at 0, visible.
        self._bounds: dict[int, list[int]] = {}

    def add_client(self, client: int, end: int, deleted: list[tuple[int, int]]) -> None:
        """end: the clock of its next struct. deleted: start and end of each run, in any order."""
        bounds: list[int] = []
        for run_start, run_end in sorted([*deleted, (end, end + 1)]):
            if bounds and run_start <= bounds[-1]:
                bounds[-1] = max(bounds[-1], run_end)
            else:
                bounds += [run_start, run_end]
        self._bounds[client] = bounds[:-1]  # beyond the end nothing is known

    def spans(self, client: int, start: int, end: int) -> list[Span]:
        """The clocks start..end-1 in order, as few spans as can be."""
        bounds = self._bounds.get(client, [0])
        first = bisect_right(bounds, start)
        inside = bounds[first : bisect_right(bounds, end - 1)]
        edges = [start, *inside, end]
        return [Span(edges[i], edges[i + 1], (first + i) % 2 == 0) for i in range(len(inside) + 1)]


def visible_in(state: bytes) -> Visible:
    """state: a whole document as one update. Raises Unreadable."""
    reader, ends = Reader(state), dict[int, int]()
    deleted: dict[int, list[tuple[int, int]]] = {}
    try:
        for _ in range(_count(reader)):
            count, client, clock = _count(reader), reader.uint(), reader.uint()
            for _ in range(count):
                struct = _read_struct(reader)
                if struct.kind in (Content.COLLECTED, Content.DELETED, Content.SKIP):
                    deleted.setdefault(client, []).append((clock, clock + struct.length))
                clock += struct.length
            ends[client] = clock
        for client, start, end in _read_deletions(reader):
            deleted.setdefault(client, []).append((start, end))
    except Truncated as error:
        raise Unreadable(str(error)) from error
    visible = Visible()
    for client, end in ends.items():
        visible.add_client(client, end, deleted.get(client, []))
    return visible


def redact(update: bytes, visible: Visible) -> bytes:
    """The update without the strings, lists and objects that are not visible. Raises Unreadable."""
    reader = Reader(update)
    try:
        sections = [_redact_section(reader, visible) for _ in range(_count(reader))]
        structs_end = reader.position
        for _ in _read_deletions(reader):
            pass
    except Truncated as error:
        raise Unreadable(str(error)) from error
    if not reader.is_done:
        raise Unreadable(f"{reader.left} bytes too many.")
    return uint(len(sections)) + b"".join(sections) + update[structs_end:]


# Cutting out -----------------------------------------------------------------------------------


class Piece(NamedTuple):
    """A part of a struct that becomes a struct of its own. length: in clocks."""

    kind: int
    length: int
    content: bytes


def _redact_section(reader: Reader, visible: Visible) -> bytes:
    """The structs of one client."""
    count, client, start = _count(reader), reader.uint(), reader.uint()
    clock, structs = start, list[bytes]()
    for _ in range(count):
        struct = _read_struct(reader)
        pieces = _pieces_of(
            reader.data, struct, visible.spans(client, clock, clock + struct.length)
        )
        if pieces is None:
            structs.append(reader.data[struct.start : struct.end])
        else:
            structs += _split(reader.data, struct, pieces, client, clock)
        clock += struct.length
    return uint(len(structs)) + uint(client) + uint(start) + b"".join(structs)


def _pieces_of(data: bytes, struct: "Struct", spans: list[Span]) -> list[Piece] | None:
    """None: the struct may stay as it is."""
    if all(span.is_visible for span in spans):
        return None
    content = Reader(data[struct.content : struct.end])
    match struct.kind:
        case Content.STRING:
            return _cut_string(content.string(), spans)
        case Content.ANY:
            return _cut_values(content, spans)
        case _:
            return None


def _cut_string(text: str, spans: list[Span]) -> list[Piece]:
    """Half a surrogate pair that is left becomes U+FFFD, as in Yjs."""
    units, begin = text.encode("utf-16-le"), spans[0].start
    pieces = []
    for start, end, is_visible in spans:
        if is_visible:
            part = units[2 * (start - begin) : 2 * (end - begin)].decode("utf-16-le", "replace")
            pieces.append(Piece(Content.STRING, end - start, string(part)))
        else:
            pieces.append(_deleted(end - start))
    return pieces


def _cut_values(content: Reader, spans: list[Span]) -> list[Piece]:
    content.uint()  # how many there are: one a clock
    pieces = []
    for start, end, is_visible in spans:
        for _ in range(start, end):
            before = content.position
            is_harmless = _skip_value(content)
            value = content.data[before : content.position]
            is_kept = is_visible or is_harmless
            pieces.append(Piece(Content.ANY, 1, b"\x01" + value) if is_kept else _deleted(1))
    return pieces


def _deleted(length: int) -> Piece:
    return Piece(Content.DELETED, length, uint(length))


def _split(
    data: bytes, struct: "Struct", pieces: list[Piece], client: int, clock: int
) -> Iterator[bytes]:
    """The first piece stands where the struct stood, each other right after the one before it."""
    for index, piece in enumerate(pieces):
        if index == 0:
            place = data[struct.start + 1 : struct.content]
            yield bytes([struct.info & ~KIND | piece.kind]) + place + piece.content
        else:
            info = HAS_ORIGIN | struct.info & (HAS_RIGHT_ORIGIN | HAS_KEY) | piece.kind
            place = uint(client) + uint(clock - 1) + struct.right_origin
            yield bytes([info]) + place + piece.content
        clock += piece.length


# Reading ---------------------------------------------------------------------------------------


class Struct(NamedTuple):
    """Where a struct stands in the update: its first byte, its content, and what follows it."""

    start: int
    content: int
    end: int
    info: int
    kind: int
    length: int
    right_origin: bytes


def _read_struct(reader: Reader) -> Struct:
    start = reader.position
    info = reader.take(1)[0]
    kind = info & KIND
    right_origin = b""
    if kind not in (Content.COLLECTED, Content.SKIP):
        right_origin = _read_place(reader, info)
    content = reader.position
    length = _read_content(reader, kind)
    if length <= 0:
        raise Unreadable(f"A struct without content at {start}.")
    return Struct(start, content, reader.position, info, kind, length, right_origin)


def _read_place(reader: Reader, info: int) -> bytes:
    """Passes neighbours, parent and key. Returns the bytes of the right neighbour's id."""
    right_origin = b""
    if info & HAS_ORIGIN:
        _skip_id(reader)
    if info & HAS_RIGHT_ORIGIN:
        before = reader.position
        _skip_id(reader)
        right_origin = reader.data[before : reader.position]
    if not info & (HAS_ORIGIN | HAS_RIGHT_ORIGIN):
        if reader.uint() == 1:
            reader.buffer()
        else:
            _skip_id(reader)
        if info & HAS_KEY:
            reader.buffer()
    return right_origin


def _skip_id(reader: Reader) -> None:
    reader.uint()
    reader.uint()


def _read_content(reader: Reader, kind: int) -> int:
    """Passes the content. Returns how many clocks it takes."""
    match kind:
        case Content.COLLECTED | Content.DELETED | Content.SKIP:
            return reader.uint()
        case Content.STRING:
            text = reader.string()
            return len(text) + sum(character > "\uffff" for character in text)
        case Content.TYPE:
            reader.uint()
            return 1
        case Content.ANY:
            count = _count(reader)
            for _ in range(count):
                _skip_value(reader)
            return count
        case _:
            raise Unreadable(f"Content of kind {kind}.")


def _read_deletions(reader: Reader) -> Iterator[tuple[int, int, int]]:
    """Client, first clock and the clock after the last of each run."""
    for _ in range(_count(reader)):
        client = reader.uint()
        for _ in range(_count(reader)):
            start = reader.uint()
            yield client, start, start + reader.uint()


# The tags of plain values: undefined, null, false, true; numbers with the bytes that follow.
CONSTANTS: Final = frozenset({127, 126, 121, 120})
NUMBER_BYTES: Final = {124: 4, 123: 8, 122: 8}
INTEGER, TEXT, OBJECT, ARRAY, BYTES = 125, 119, 118, 117, 116


def _skip_value(reader: Reader, depth: int = 0) -> bool:
    """Passes a plain value. True for a single number or truth value, which says nothing."""
    if depth > MAX_DEPTH:
        raise Unreadable(f"A value is nested deeper than {MAX_DEPTH}.")
    tag = reader.take(1)[0]
    if tag in CONSTANTS:
        return True
    if tag in NUMBER_BYTES:
        reader.take(NUMBER_BYTES[tag])
        return True
    if tag == INTEGER:
        reader.uint()  # signed, but it ends by the same rule
        return True
    if tag in (TEXT, BYTES):
        reader.buffer()
    elif tag in (OBJECT, ARRAY):
        for _ in range(_count(reader)):
            if tag == OBJECT:
                reader.buffer()
            _skip_value(reader, depth + 1)
    else:
        raise Unreadable(f"A value of type {tag}.")
    return False


def _count(reader: Reader) -> int:
    """How many things follow: each takes a byte at least."""
    count = reader.uint()
    if count > reader.left:
        raise Truncated(f"{count} things in {reader.left} bytes.")
    return count
