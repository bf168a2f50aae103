"""What a client's bytes say: the reading half of RFC 6455, for a server of binary messages.

Nothing here does I/O. Faults are found as early as the bytes show them: a frame that announces
more than the limit is refused before its payload has come.
"""

from collections.abc import Callable
from enum import IntEnum
from struct import Struct
from typing import NamedTuple, TypeAlias, cast

from websockets.speedups import apply_mask

from apps.rooms.room.burst import header

FINAL, RESERVED, OPCODE = 0x80, 0x70, 0x0F  # of a frame's first byte
WHOLE_BINARY = 0x82  # the first byte of nearly all frames
MASKED, LENGTH = 0x80, 0x7F  # of the second
MASK_BYTES = 4
MAX_CONTROL_BYTES = 125
LEAST_LIMIT = (1 << 16) - 1  # what a length of 16 bits can say needs no check
MAX_FRAGMENTS = 4096  # each costs time, also an empty one

_LENGTH_16_BIT = cast(Callable[[bytes, int], tuple[int]], Struct("!H").unpack_from)
_LENGTH_64_BIT = cast(Callable[[bytes, int], tuple[int]], Struct("!Q").unpack_from)


class Opcode(IntEnum):
    CONTINUATION = 0
    TEXT = 1
    BINARY = 2
    CLOSE = 8
    PING = 9
    PONG = 10


class Ping(NamedTuple):
    payload: bytes


class Pong(NamedTuple):
    payload: bytes


class Close(NamedTuple):
    """code: None if the client gave none (1005)."""

    code: int | None
    reason: str


class Violation(Exception):
    """The client broke the rules: the code and reason to close with."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(f"{code} {reason}")
        self.code = code
        self.reason = reason


Event: TypeAlias = bytes | Ping | Pong | Close | Violation  # bytes: a whole binary message


class FrameReader:
    """Cuts a stream into events. After a Close or a Violation it reads nothing more."""

    def __init__(self, max_message_bytes: int) -> None:
        if max_message_bytes < LEAST_LIMIT:
            raise ValueError(f"A limit of {max_message_bytes} bytes is below {LEAST_LIMIT}.")
        self._max = max_message_bytes
        self._is_done = False
        # The beginning of a frame, and the bytes without which there is no use in looking again.
        self._rest = bytearray()
        self._needed = 0
        # The fragments of a message so far; None between messages.
        self._message: bytearray | None = None
        self._fragments = 0

    def feed(self, data: bytes) -> list[Event]:
        if self._rest:
            self._rest += data
            if len(self._rest) < self._needed:
                return []
            data = bytes(self._rest)
            self._rest.clear()
        events: list[Event] = []
        position, end = 0, len(data)
        while position < end and not self._is_done:
            # The common case apart: it is five times as fast as `_read_frame`.
            if (
                end - position > 5
                and data[position] == WHOLE_BINARY
                and MASKED <= (second := data[position + 1]) <= MASKED | 126
                and self._message is None
            ):
                if second < MASKED | 126:
                    start = position + 6
                    stop = start + second - MASKED
                else:
                    start = position + 8
                    stop = start + (data[position + 2] << 8 | data[position + 3])
                if stop <= end:
                    mask = data[start - MASK_BYTES : start]
                    events.append(apply_mask(data[start:stop], mask))
                    position = stop
                    continue
            stop = self._read_frame(data, position, events)
            if stop == position:
                self._rest += data[position:]
                break
            position = stop
        return events

    def _read_frame(self, data: bytes, position: int, events: list[Event]) -> int:
        """The position after the frame; the same one if the frame is not whole yet."""
        try:
            head = read_head(data, position, self._room_left)
            if head is None:
                self._needed = 0  # headers are short: looking again costs little
                return position
            self._check_sequence(head)
            stop = head.start + head.length
            if stop > len(data):
                self._needed = stop - position
                return position
            mask = data[head.start - MASK_BYTES : head.start]
            self._take(head, apply_mask(data[head.start : stop], mask), events)
        except Violation as violation:
            self._is_done = True
            events.append(violation)
            return len(data)
        return stop

    @property
    def _room_left(self) -> int:
        return self._max - len(self._message or b"")

    def _check_sequence(self, head: "Head") -> None:
        if head.opcode == Opcode.BINARY and self._message is not None:
            raise Violation(1002, "the message before is not whole")
        if head.opcode == Opcode.CONTINUATION:
            if self._message is None:
                raise Violation(1002, "nothing to continue")
            if self._fragments >= MAX_FRAGMENTS:
                raise Violation(1008, "too many fragments")

    def _take(self, head: "Head", payload: bytes, events: list[Event]) -> None:
        match head.opcode:
            case Opcode.PING:
                events.append(Ping(payload))
            case Opcode.PONG:
                events.append(Pong(payload))
            case Opcode.CLOSE:
                events.append(read_close(payload))
                self._is_done = True
            case _ if head.is_final and self._message is None:
                events.append(payload)
            case _:
                self._take_fragment(head, payload, events)

    def _take_fragment(self, head: "Head", payload: bytes, events: list[Event]) -> None:
        if self._message is None:
            self._message = bytearray()
        self._message += payload
        self._fragments += 1
        if head.is_final:
            events.append(bytes(self._message))
            self._message, self._fragments = None, 0


class Head(NamedTuple):
    """start: where the payload begins."""

    is_final: bool
    opcode: Opcode
    length: int
    start: int


def read_head(data: bytes, position: int, room_left: int) -> Head | None:
    """The header at `position`, None if it is not whole. Raises Violation.

    room_left: how long the payload of a data frame may be. Section 5.2 of the RFC.
    """
    if len(data) - position < 2:
        return None
    first, second = data[position], data[position + 1]
    opcode = _check_opcode(first & OPCODE)
    if not second & MASKED:
        raise Violation(1002, "a client must mask")
    if first & RESERVED:
        raise Violation(1002, "reserved bits are set")
    is_final, length = bool(first & FINAL), second & LENGTH
    if opcode >= Opcode.CLOSE:
        _check_control(is_final, length)
    mask_at = position + 2 + (length > 125) * 2 + (length > 126) * 6
    if mask_at > len(data):
        return None
    if length == 126:
        (length,) = _LENGTH_16_BIT(data, position + 2)
    elif length == 127:
        (length,) = _LENGTH_64_BIT(data, position + 2)
    if opcode < Opcode.CLOSE and length > room_left:
        raise Violation(1009, "message too large")
    start = mask_at + MASK_BYTES
    return Head(is_final, opcode, length, start) if start <= len(data) else None


def _check_opcode(opcode: int) -> Opcode:
    try:
        known = Opcode(opcode)
    except ValueError:
        raise Violation(1002, f"unknown opcode {opcode}") from None
    if known is Opcode.TEXT:
        raise Violation(1008, "binary frames only")
    return known


def _check_control(is_final: bool, length: int) -> None:
    if not is_final:
        raise Violation(1002, "a control frame must be whole")
    if length > MAX_CONTROL_BYTES:
        raise Violation(1002, "a control frame must be short")


def read_close(payload: bytes) -> Close:
    """Section 5.5.1 of the RFC. Raises Violation."""
    if not payload:
        return Close(None, "")
    if len(payload) == 1:
        raise Violation(1002, "half a close code")
    try:
        close = Close(int.from_bytes(payload[:2]), payload[2:].decode())
    except UnicodeDecodeError:
        raise Violation(1007, "the reason is not UTF-8") from None
    if not is_close_code(int.from_bytes(payload[:2])):
        raise Violation(1002, "not a close code")
    return close


def is_close_code(code: int) -> bool:
    """Whether it may be sent: section 7.4, with the codes registered since."""
    return (1000 <= code <= 1014 and code not in {1004, 1005, 1006}) or 3000 <= code < 5000


def close_frame(code: int | None, reason: str = "") -> bytes:
    """A reason that is too long is cut between two characters."""
    if code is None:
        return header(0, Opcode.CLOSE)
    text = reason.encode()[: MAX_CONTROL_BYTES - 2].decode(errors="ignore").encode()
    return header(2 + len(text), Opcode.CLOSE) + code.to_bytes(2) + text


def pong_frame(payload: bytes) -> bytes:
    return header(len(payload), Opcode.PONG) + payload


PING_FRAME = header(0, Opcode.PING)
