"""What one flush of a room says to everybody: frames, encoded once for all who hear them.

RFC 6455, section 5.2: a server does not mask, so the same bytes are right for every socket.
"""

from struct import Struct

BINARY = 2
FINAL = 0x80
SHORTEST_16_BIT = 126  # from this length on, two bytes say it
SHORTEST_64_BIT = 1 << 16  # and from this one, eight

_HEADER_16_BIT = Struct("!BBH").pack
_HEADER_64_BIT = Struct("!BBQ").pack
_SHORT_HEADERS = tuple(bytes((FINAL | BINARY, length)) for length in range(SHORTEST_16_BIT))


class Burst:
    """must: frames about the document. may: presence, left out for a reader who is too slow."""

    __slots__ = ("_must_size", "may", "must", "wire")

    def __init__(self, must: tuple[bytes, ...] = (), may: tuple[bytes, ...] = ()) -> None:
        self.must = must
        self.may = may
        encoded = encode(must) if must else b""
        self._must_size = len(encoded)
        self.wire = encoded + encode(may) if may else encoded

    @property
    def wire_must(self) -> bytes:
        """Without the presence."""
        return self.wire[: self._must_size]


def encode(frames: tuple[bytes, ...]) -> bytes:
    """Each as a binary message with a server's header, one after the other."""
    if len(frames) == 1:  # nearly all
        return header(len(frames[0])) + frames[0]
    return b"".join([header(len(frame)) + frame for frame in frames])


def header(length: int, opcode: int = BINARY) -> bytes:
    """The header of a whole, unmasked message."""
    if length < SHORTEST_16_BIT:
        return _SHORT_HEADERS[length] if opcode == BINARY else bytes((FINAL | opcode, length))
    if length < SHORTEST_64_BIT:
        return _HEADER_16_BIT(FINAL | opcode, 126, length)
    return _HEADER_64_BIT(FINAL | opcode, 127, length)
