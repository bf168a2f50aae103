"""Every message of the wire on one page: what a frame says, and how to say it.

`docs/protocol.md` is the same in words. Reading a frame gives one of the `Message` types or raises
ProtocolError; nothing else, whatever the bytes.
"""

from collections.abc import Sequence
from enum import IntEnum, StrEnum
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from apps.rooms.room.encoding import Reader, Truncated, buffer, string, uint


class Kind(IntEnum):
    SYNC = 0
    AWARENESS = 1
    QUERY_AWARENESS = 3
    ASK = 100
    STORED = 101
    REFUSED = 102
    CHANGED = 103
    WELCOME = 104
    CHECK = 105
    CHECKED = 106


class Sync(IntEnum):
    STEP_1 = 0
    STEP_2 = 1
    UPDATE = 2


class How(IntEnum):
    """What a welcome brings."""

    WHOLE = 0
    WHAT_CAME_AFTER = 1


MAX_UPDATE_BYTES = 256 * 1024  # an edit
MAX_STEP_2_BYTES = 1024 * 1024  # what a client brings along on joining
MAX_STATE_VECTOR_BYTES = 64 * 1024
MAX_PRESENCE_BYTES = 64 * 1024  # a stock client repeats what it heard of others, in one frame
MAX_PRESENCE_ENTRIES = 256
MAX_SAFE_INTEGER = 2**53 - 1  # a browser cannot read a larger number
MAX_WORD_BYTES = 64  # an epoch or a digest


class Reason(StrEnum):
    """Why a frame is not of the protocol: all that a client is told."""

    TRUNCATED = "truncated"
    TRAILING = "trailing bytes"
    UNKNOWN = "unknown message"
    TOO_LARGE = "too large"
    PRESENCE = "bad presence"
    TOO_EARLY = "not asked yet"


class Refusal(StrEnum):
    """Why a document frame was not taken."""

    READ_ONLY = "read-only"
    ENDED = "ended"
    MALFORMED = "malformed"
    TOO_LARGE = "too-large"
    TOO_FAST = "too-fast"
    UNKNOWN_CONTENT = "unknown-content"  # an update, but not of anything that the documents hold
    NOT_YOURS = "not-yours"  # written under the client id of somebody else
    QUARANTINED = "quarantined"  # the document cannot be read, only its last good state is shown


class CloseCode:
    NOT_OF_THE_PROTOCOL = 1008
    TOO_LARGE = 1009
    NOT_STORED = 1011
    RESTART = 1012
    TOO_SLOW = 1013
    NOT_ALLOWED = 4403


class ProtocolError(Exception):
    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


# 1. What a client may say ----------------------------------------------------------------------


class Step1(NamedTuple):
    """I have this much (a state vector); I want the rest."""

    state_vector: bytes


class DocumentFrame(NamedTuple):
    """Step 2 or update: changes of the document."""

    update: bytes
    is_step_2: bool

    @property
    def is_too_large(self) -> bool:
        limit = MAX_STEP_2_BYTES if self.is_step_2 else MAX_UPDATE_BYTES
        return len(self.update) > limit


class PresenceEntry(NamedTuple):
    """state: JSON text as the client wrote it; "null" when that client has left."""

    client_id: int
    clock: int
    state: str


class PresenceFrame(NamedTuple):
    entries: tuple[PresenceEntry, ...]


class QueryPresence(NamedTuple):
    """Tell me again who is here."""


class Place(NamedTuple):
    """How far a client has come: it has all rows of the log up to `seq`.

    epoch: the log that is meant; "" for somebody who has nothing yet.
    """

    epoch: str
    seq: int


class Ask(NamedTuple):
    """From now on tell me what is stored. With a place: in our own dialect, and from there on."""

    place: Place | None = None


class Check(NamedTuple):
    """With everything up to row `seq`, and nothing else, my document digests to this."""

    seq: int
    digest: str


Message: TypeAlias = Step1 | DocumentFrame | PresenceFrame | QueryPresence | Ask | Check


# 2. Reading ------------------------------------------------------------------------------------


def read_message(frame: bytes) -> Message:
    """The message in a client's frame. Raises ProtocolError."""
    if frame.startswith(_UPDATE) and (update := _only_buffer(frame, len(_UPDATE))) is not None:
        return DocumentFrame(update, is_step_2=False)
    reader = Reader(frame)
    try:
        message = _read_by_type(reader)
    except Truncated as error:
        raise ProtocolError(Reason.TRUNCATED) from error
    if not reader.is_done:
        raise ProtocolError(Reason.TRAILING)
    return message


_AWARENESS = uint(Kind.AWARENESS)
_UPDATE = uint(Kind.SYNC) + uint(Sync.UPDATE)


def is_presence(frame: bytes) -> bool:
    return frame.startswith(_AWARENESS)


def _only_buffer(frame: bytes, position: int) -> bytes | None:
    """The short buffer that is the rest of the frame, if it is one: nearly every edit is."""
    size = len(frame)
    if not position + 1 < size < 0x4000:
        return None
    start = position + (1 if frame[position] < 0x80 else 2)
    return frame[start:] if size - start == _short(frame, position) else None


def _read_by_type(reader: Reader) -> Message:
    kind = reader.uint()
    if kind == Kind.AWARENESS:  # the commonest first
        return PresenceFrame(read_presence(reader.buffer()))
    if kind == Kind.SYNC:
        return _read_sync(reader)
    if kind == Kind.QUERY_AWARENESS:
        return QueryPresence()
    if kind == Kind.ASK:
        return Ask() if reader.is_done else Ask(Place(_read_word(reader), reader.uint()))
    if kind == Kind.CHECK:
        return Check(reader.uint(), _read_word(reader))
    raise ProtocolError(Reason.UNKNOWN)


def _read_word(reader: Reader) -> str:
    word = reader.string()
    if len(word) > MAX_WORD_BYTES:
        raise ProtocolError(Reason.TOO_LARGE)
    return word


def _read_sync(reader: Reader) -> Message:
    kind, body = reader.uint(), reader.buffer()
    if kind == Sync.STEP_1:
        if len(body) > MAX_STATE_VECTOR_BYTES:
            raise ProtocolError(Reason.TOO_LARGE)
        return Step1(body)
    if kind in {Sync.STEP_2, Sync.UPDATE}:
        return DocumentFrame(body, is_step_2=kind == Sync.STEP_2)
    raise ProtocolError(Reason.UNKNOWN)


def read_move(frame: bytes, client_id: int) -> tuple[int, str] | None:
    """Clock and state, if the frame is presence of this client alone: nearly all frames are.

    None of any other frame, also of one that is not of the protocol: `read_message` says what it
    is. The numbers are read in place, for this is done at every move of every pointer.
    """
    size = len(frame)
    if not frame.startswith(_AWARENESS) or not 2 < size < 0x4000:
        return None
    body = 2 if frame[1] < 0x80 else 3  # where it begins
    only = _only_entry(client_id)
    if not frame.startswith(only, body) or size - body != _short(frame, 1):
        return None
    position = body + len(only)
    try:
        clock = byte = frame[position]
        position += 1
        if byte > 0x7F:
            clock &= 0x7F
            shift = 7
            while byte > 0x7F and shift < 49:
                byte = frame[position]
                clock |= (byte & 0x7F) << shift
                position += 1
                shift += 7
        state = position + (1 if frame[position] < 0x80 else 2)
        if byte > 0x7F or size - state != _short(frame, position):
            return None
        return clock, frame[state:].decode()
    except (IndexError, UnicodeDecodeError):
        return None


def _short(frame: bytes, position: int) -> int:
    """A number of one or two bytes. Of a longer one, something over two bytes."""
    first = frame[position]
    return first if first < 0x80 else first & 0x7F | frame[position + 1] << 7


@lru_cache(maxsize=4096)
def _only_entry(client_id: int) -> bytes:
    return uint(1) + uint(client_id)


def read_presence(body: bytes) -> tuple[PresenceEntry, ...]:
    """The entries of an awareness buffer. Raises ProtocolError, or Truncated."""
    if len(body) > MAX_PRESENCE_BYTES:
        raise ProtocolError(Reason.TOO_LARGE)
    reader = Reader(body)
    count = reader.uint()
    if count > MAX_PRESENCE_ENTRIES:
        raise ProtocolError(Reason.PRESENCE)
    entries = tuple([_read_entry(reader) for _ in range(count)])
    if not reader.is_done:
        raise ProtocolError(Reason.TRAILING)
    return entries


def _read_entry(reader: Reader) -> PresenceEntry:
    client_id, clock = reader.uint(), reader.uint()
    if client_id > MAX_SAFE_INTEGER or clock > MAX_SAFE_INTEGER:
        raise ProtocolError(Reason.PRESENCE)
    return PresenceEntry(client_id, clock, reader.string())


# 3. Writing ------------------------------------------------------------------------------------


def step_1(state_vector: bytes) -> bytes:
    return uint(Kind.SYNC) + uint(Sync.STEP_1) + buffer(state_vector)


def step_2(update: bytes) -> bytes:
    return uint(Kind.SYNC) + uint(Sync.STEP_2) + buffer(update)


def update_frame(update: bytes) -> bytes:
    return uint(Kind.SYNC) + uint(Sync.UPDATE) + buffer(update)


def presence_frame(entries: Sequence[PresenceEntry]) -> bytes:
    body = presence_body(entries)
    return b"".join((_AWARENESS, uint(len(body)), body))


def presence_body(entries: Sequence[PresenceEntry]) -> bytes:
    parts = [uint(len(entries))]
    for client_id, clock, state in entries:
        text = state.encode()
        parts += (_client_id(client_id), uint(clock), uint(len(text)), text)
    return b"".join(parts)


_client_id = lru_cache(maxsize=4096)(uint)  # long, and the same again at each move of a pointer


def stored_frame(count: int, seq: int) -> bytes:
    return uint(Kind.STORED) + uint(count) + uint(seq)


def refused_frame(number: int, refusal: Refusal) -> bytes:
    return uint(Kind.REFUSED) + uint(number) + string(refusal.value)


def changed_frame(seq: int, update: bytes) -> bytes:
    return uint(Kind.CHANGED) + uint(seq) + buffer(update)


def welcome_frame(place: Place, how: How, update: bytes) -> bytes:
    return uint(Kind.WELCOME) + string(place.epoch) + uint(place.seq) + uint(how) + buffer(update)


def checked_frame(seq: int, *, is_equal: bool) -> bytes:
    return uint(Kind.CHECKED) + uint(seq) + uint(is_equal)
