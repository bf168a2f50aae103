"""Reads and writes Yjs updates (format 1) in bounded steps, without the CRDT library.

The library trusts its input: bytes that no honest client writes can freeze or end the process. So
an update is read here first. What comes out is well formed, holds only kinds of content that some
document uses, and every length in it is backed by bytes. Whether it fits *this* document is the
ledger's question.

The innermost functions read numbers in place and return positions: this is the hottest code of the
server, a few microseconds for each edit.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple, TypeAlias

from apps.rooms.room.encoding import Reader, Truncated, uint
from apps.rooms.room.protocol import Refusal
from apps.rooms.room.schema import FORBIDDEN_KEYS, MAX_DEPTH, MAX_KEY_LENGTH

MAX_CLOCK: Final = 2**31 - 1  # Yjs and yrs count structs in 32 bits
MAX_NUMBER: Final = 2**53 - 1  # what JavaScript can count

# Kinds of content. The others (JSON, binary, embed, format, sub-document) no document uses.
COLLECTED, DELETED, STRING, TYPE, ANY, SKIP = 0, 1, 4, 7, 8, 10
KIND_BITS, HAS_LEFT, HAS_RIGHT, HAS_KEY = 0x1F, 0x80, 0x40, 0x20

# Kinds of shared types.
MAP, TEXT = 1, 2

# Plain values. 64-bit integers (122) and byte arrays (116) are no JSON; nobody writes them.
UNDEFINED, NULL, INTEGER, FLOAT_32, FLOAT_64, FALSE, TRUE = 127, 126, 125, 124, 123, 121, 120
TEXT_VALUE, OBJECT, ARRAY = 119, 118, 117

Vector: TypeAlias = dict[int, int]  # client -> clock of its next struct
Id: TypeAlias = tuple[int, int]  # client, clock

# One struct, as plain as can be because thousands are made:
#   kind of content, length in clocks, left and right neighbour when it was written, parent (the
#   name of a root or the id of an item; None if there is a neighbour), key, and
#   TYPE: which shared type; STRING: offsets of the first halves of surrogate pairs; then
#   where in the bytes it ends.
Struct: TypeAlias = tuple[
    int, int, Id | None, Id | None, str | Id | None, str | None, int | tuple[int, ...], int
]
NO_HALVES: Final[tuple[int, ...]] = ()


class Unacceptable(ValueError):
    """The bytes are not an update, or hold what the documents do not use."""

    def __init__(self, detail: str, reason: Refusal = Refusal.MALFORMED) -> None:
        super().__init__(detail)
        self.reason = reason


class Run(NamedTuple):
    """Consecutive clocks of one client: start..end-1."""

    client: int
    start: int
    end: int


class Section(NamedTuple):
    """Consecutive structs of one client, as bytes. start, end: clocks; count: structs."""

    client: int
    start: int
    end: int
    count: int  # type: ignore[assignment]  # a tuple's own count is not missed
    body: bytes


class Read:
    """The structs that an update has of one client.

    body: where in the bytes they begin. placed: how many of them the ledger has dealt with.
    """

    __slots__ = ("body", "client", "end", "placed", "start", "structs")

    def __init__(self, client: int, start: int, end: int, body: int, structs: list[Struct]) -> None:
        self.client = client
        self.start = start
        self.end = end
        self.body = body
        self.structs = structs
        self.placed = 0

    def skip(self, count: int, clock: int) -> None:
        """Leaves out the first structs, up to this clock."""
        self.body = self.structs[count - 1][7]
        self.start = clock
        self.structs = self.structs[count:]

    def as_section(self, data: bytes) -> Section:
        structs = self.structs
        body = data[self.body : structs[-1][7]]
        return Section(self.client, self.start, self.end, len(structs), body)


class Update(NamedTuple):
    """deleted: pairs of start and end clock. is_regular: the bytes are what we would write, apart
    from order; if not (an empty section, deletions that overlap), they are to be written anew."""

    sections: list[Read]
    deleted: dict[int, list[Id]]
    is_regular: bool


def read_update(data: bytes, most_items: int = MAX_NUMBER) -> Update:
    """most_items: structs and runs of deletions that it may hold. Raises Unacceptable."""
    try:
        return _read_update(data, most_items)
    except IndexError as error:
        raise Unacceptable("The bytes end too early.") from error
    except UnicodeDecodeError as error:
        raise Unacceptable("Text that is not UTF-8.") from error


def write_update(sections: Iterable[Section], deleted: Mapping[int, list[Id]]) -> bytes:
    """sections: one of each client at most. deleted: pairs of start and end clock."""
    parts = [b""]
    for section in sections:
        parts += (uint(section.count), uint(section.client), uint(section.start), section.body)
    parts[0] = uint(len(parts) // 4)
    parts.append(uint(len(deleted)))
    for client, runs in deleted.items():
        parts += (uint(client), uint(len(runs)))
        for start, end in runs:
            parts += (uint(start), uint(end - start))
    return b"".join(parts)


def _read_update(data: bytes, most_items: int) -> Update:
    sections: list[Read] = []
    count, position = _count(data, 0)
    for _ in range(count):
        section, position = _read_section(data, position, most_items)
        most_items -= len(section.structs)
        sections.append(section)
    deleted, position, is_regular = _read_deletions(data, position, most_items)
    if position > len(data):
        raise Unacceptable("The bytes end too early.")
    if position < len(data):
        raise Unacceptable(f"{len(data) - position} bytes too many.")
    if count > 1 and len({section.client for section in sections}) < count:
        raise Unacceptable("A client occurs twice.")
    if not all(section.structs for section in sections):
        sections = [section for section in sections if section.structs]
        is_regular = False
    return Update(sections, deleted, is_regular)


# Numbers ---------------------------------------------------------------------------------------


def _long(data: bytes, position: int, first: int) -> tuple[int, int]:
    """The rest of a number whose first byte says that more follow; and where it ends.

    Unrolled for what is common: clocks take two or three bytes, client ids five.
    """
    second = data[position]
    if second < 0x80:
        if second:
            return first & 0x7F | second << 7, position + 1
    elif (third := data[position + 1]) < 0x80:
        if third:
            return first & 0x7F | (second & 0x7F) << 7 | third << 14, position + 2
    else:
        return _very_long(data, position + 2, first & 0x7F | (second & 0x7F) << 7 | third << 14)
    raise Unacceptable(f"A padded number at {position}.")


def _very_long(data: bytes, position: int, value: int) -> tuple[int, int]:
    """From the fourth byte on. value: of the first three, with the mark of the third."""
    value ^= 1 << 21
    shift = 21
    while (byte := data[position]) > 0x7F:
        value |= (byte & 0x7F) << shift
        position += 1
        shift += 7
        if shift > 49:
            break
    value |= byte << shift
    if byte == 0 or value > MAX_NUMBER:
        raise Unacceptable(f"A number that is over {MAX_NUMBER} or padded at {position}.")
    return value, position + 1


def _number(data: bytes, position: int) -> tuple[int, int]:
    value = data[position]
    if value < 0x80:
        return value, position + 1
    return _long(data, position + 1, value)


def _count(data: bytes, position: int) -> tuple[int, int]:
    """How many things follow: each takes a byte at least."""
    count = data[position]
    position += 1
    if count > 0x7F:
        count, position = _long(data, position, count)
    if count > len(data) - position:
        raise Unacceptable(f"{count} things in {len(data) - position} bytes.")
    return count, position


def _check_size(count: int, most: int) -> None:
    if count > most:
        raise Unacceptable(f"{count} structs or deletions, {most} are left.", Refusal.TOO_LARGE)


def _length(data: bytes, position: int) -> tuple[int, int]:
    """A length in clocks."""
    length, position = _number(data, position)
    if not 0 < length <= MAX_CLOCK:
        raise Unacceptable(f"A length of {length}.")
    return length, position


# Structs ---------------------------------------------------------------------------------------


def _read_section(data: bytes, position: int, most: int) -> tuple[Read, int]:
    count, position = _count(data, position)
    _check_size(count, most)
    before = position
    client = data[position]
    position += 1
    if client > 0x7F:
        client, position = _long(data, position, client)
    own = data[before:position]  # most ids in a section are of the client itself
    start = data[position]
    position += 1
    if start > 0x7F:
        start, position = _long(data, position, start)
    body = position
    clock = start
    structs: list[Struct] = []
    for _ in range(count):
        info = data[position]
        kind = info & KIND_BITS
        position += 1
        left = right = parent = key = None
        detail: int | tuple[int, ...] = 0
        if info in (COLLECTED, SKIP):
            length, position = _length(data, position)
        else:
            if info & HAS_LEFT:
                if data.startswith(own, position):
                    owner, position = client, position + len(own)
                else:
                    owner, position = _number(data, position)
                number = data[position]
                position += 1
                if number > 0x7F:
                    number, position = _long(data, position, number)
                left = (owner, number)
            if info & HAS_RIGHT:
                if data.startswith(own, position):
                    owner, position = client, position + len(own)
                else:
                    owner, position = _number(data, position)
                number = data[position]
                position += 1
                if number > 0x7F:
                    number, position = _long(data, position, number)
                right = (owner, number)
            if info < HAS_RIGHT:
                parent, key, position = _read_parent(data, position, info)
            if kind == STRING:
                length, detail, position = _read_string(data, position)
            elif kind == ANY:
                length = data[position]
                position += 1
                if length == 1:
                    position = _skip_value(data, position, 0)
                else:
                    length, position = _count(data, position - 1)
                    for _ in range(length):
                        position = _skip_value(data, position, 0)
            elif kind == TYPE:
                length = 1
                detail = data[position]
                position += 1
            elif kind == DELETED:
                length, position = _length(data, position)
            else:
                raise Unacceptable(f"Content of kind {kind}.", Refusal.UNKNOWN_CONTENT)
            if not length:
                raise Unacceptable("An item without content.")
        clock += length
        structs.append((kind, length, left, right, parent, key, detail, position))
    if clock > MAX_CLOCK:
        raise Unacceptable(f"Clock {clock} of client {client} is too high.")
    return Read(client, start, clock, body, structs), position


def _read_parent(data: bytes, position: int, info: int) -> tuple[str | Id, str | None, int]:
    """The parent, the key and where they end."""
    parent: str | Id
    is_root = data[position]
    if is_root == 1:
        parent, position = _read_text(data, position + 1)
    elif is_root == 0:
        client, position = _number(data, position + 1)
        clock, position = _number(data, position)
        parent = (client, clock)
    else:
        raise Unacceptable(f"A parent of kind {is_root}.")
    if not info & HAS_KEY:
        return parent, None, position
    key, position = _read_key(data, position)
    if len(key) > MAX_KEY_LENGTH:
        raise Unacceptable(f"A key of {len(key)} characters.", Refusal.UNKNOWN_CONTENT)
    return parent, key, position


def _read_text(data: bytes, position: int) -> tuple[str, int]:
    length = data[position]
    position += 1
    if length > 0x7F:
        length, position = _long(data, position, length)
    end = position + length
    if end > len(data):
        raise Unacceptable(f"{length} bytes wanted at {position}.")
    text = data[position:end].decode()
    if "\0" in text:
        raise Unacceptable("Text with NUL.", Refusal.UNKNOWN_CONTENT)
    return text, end


def _read_key(data: bytes, position: int) -> tuple[str, int]:
    key, position = _read_text(data, position)
    if key in FORBIDDEN_KEYS:
        raise Unacceptable(f"The key {key}.", Refusal.UNKNOWN_CONTENT)
    return key, position


_IN_TWO_UNITS: Final = re.compile("[\U00010000-\U0010ffff]")


def _read_string(data: bytes, position: int) -> tuple[int, tuple[int, ...], int]:
    """A piece of text: its length in UTF-16, where its surrogate pairs begin, where it ends."""
    text, position = _read_text(data, position)
    if text.isascii():
        return len(text), NO_HALVES, position
    halves = tuple(
        match.start() + pairs_before
        for pairs_before, match in enumerate(_IN_TWO_UNITS.finditer(text))
    )
    return len(text) + len(halves), halves, position


# Plain values ----------------------------------------------------------------------------------


def _skip_value(data: bytes, position: int, depth: int) -> int:
    """Where the plain value ends."""
    tag = data[position]
    position += 1
    if tag == FLOAT_64:
        if data[position] & 0x7F == 0x7F and data[position + 1] >= 0xF0:
            raise Unacceptable("A number that is not finite.", Refusal.UNKNOWN_CONTENT)
        position += 8
    elif tag == FLOAT_32:
        if data[position] & 0x7F == 0x7F and data[position + 1] >= 0x80:
            raise Unacceptable("A number that is not finite.", Refusal.UNKNOWN_CONTENT)
        position += 4
    elif tag == INTEGER:
        if data[position] > 0x7F:
            position = _skip_integer(data, position)
        else:
            position += 1
    elif tag == TEXT_VALUE:
        _, position = _read_text(data, position)
    elif tag in (ARRAY, OBJECT):
        if depth == MAX_DEPTH:
            raise Unacceptable(f"A value nested deeper than {MAX_DEPTH}.", Refusal.UNKNOWN_CONTENT)
        count, position = _count(data, position)
        if tag == ARRAY:
            for _ in range(count):
                position = _skip_value(data, position, depth + 1)
        else:
            position = _skip_entries(data, position, count, depth + 1)
    elif tag > UNDEFINED or tag < TRUE or tag == 122:
        raise Unacceptable(f"A value of type {tag}.", Refusal.UNKNOWN_CONTENT)
    return position


def _skip_entries(data: bytes, position: int, count: int, depth: int) -> int:
    keys = set()
    for _ in range(count):
        key, position = _read_key(data, position)
        keys.add(key)
        position = _skip_value(data, position, depth)
    if len(keys) != count:
        raise Unacceptable("An object with a key twice.")
    return position


def _skip_integer(data: bytes, position: int) -> int:
    """A long signed number: the first byte holds the sign and six bits, the others seven."""
    rest, end = _number(data, position + 1)
    if rest == 0 or rest > MAX_NUMBER >> 6:
        raise Unacceptable(f"A number that is over {MAX_NUMBER} or padded at {position}.")
    return end


# Deletions -------------------------------------------------------------------------------------


def _read_deletions(data: bytes, position: int, most: int) -> tuple[dict[int, list[Id]], int, bool]:
    """By client; where they end; whether they are in order and without overlap."""
    deleted: dict[int, list[Id]] = {}
    is_regular = True
    count, position = _count(data, position)
    for _ in range(count):
        client = data[position]
        position += 1
        if client > 0x7F:
            client, position = _long(data, position, client)
        runs_count, position = _count(data, position)
        _check_size(runs_count, most)
        most -= runs_count
        if runs_count == 0 or client in deleted:
            is_regular = False
        runs = deleted.setdefault(client, [])
        reached = -1
        for _ in range(runs_count):
            start = data[position]
            position += 1
            if start > 0x7F:
                start, position = _long(data, position, start)
            length = data[position]
            position += 1
            if length > 0x7F:
                length, position = _long(data, position, length)
            if not length:
                raise Unacceptable("A deletion of nothing.")
            if start <= reached:
                is_regular = False
            reached = start + length
            runs.append((start, reached))
    if not is_regular:
        deleted = {client: united(runs) for client, runs in deleted.items() if runs}
    return deleted, position, is_regular


def united(runs: list[Id]) -> list[Id]:
    """The same clocks, in order, in as few runs as can be."""
    out: list[Id] = []
    for start, end in sorted(runs):
        if out and start <= out[-1][1]:
            if end > out[-1][1]:
                out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return out


# State vectors ---------------------------------------------------------------------------------


def vector_of(state: bytes) -> Vector:
    """A state vector as a dictionary. Raises Unacceptable."""
    reader = Reader(state)
    try:
        count = reader.uint()
        if count > reader.left:
            raise Unacceptable(f"{count} clients in {reader.left} bytes.")
        vector = {reader.uint(): reader.uint() for _ in range(count)}
    except Truncated as error:
        raise Unacceptable(str(error)) from error
    if not reader.is_done:
        raise Unacceptable(f"{reader.left} bytes too many.")
    return vector


def state_vector_of(vector: Vector) -> bytes:
    parts = [uint(len(vector))]
    for client, clock in vector.items():
        parts += (uint(client), uint(clock))
    return b"".join(parts)
