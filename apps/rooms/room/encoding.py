"""lib0's binary encoding, as far as the wire needs it, with a bound on everything it reads."""

MAX_VARUINT_BYTES = 10


class Truncated(ValueError):
    """The bytes end before the value does, or the value is not one."""


class Reader:
    """Reads values off the front of a frame. Every method raises Truncated on bad input."""

    __slots__ = ("data", "position")

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.position = 0

    @property
    def is_done(self) -> bool:
        return self.position == len(self.data)

    @property
    def left(self) -> int:
        return len(self.data) - self.position

    def uint(self) -> int:
        """An unsigned number, seven bits a byte, the lowest first."""
        if self.position < len(self.data) and (only := self.data[self.position]) < 0x80:
            self.position += 1  # most numbers are this short
            return only
        value = 0
        chunk = self.data[self.position : self.position + MAX_VARUINT_BYTES]
        for index, byte in enumerate(chunk):
            value |= (byte & 0x7F) << (7 * index)
            if byte < 0x80:
                self.position += index + 1
                return value
        raise Truncated(f"No number of at most {MAX_VARUINT_BYTES} bytes at {self.position}.")

    def take(self, length: int) -> bytes:
        if length > self.left:
            raise Truncated(f"{length} bytes wanted at {self.position}, {self.left} left.")
        start = self.position
        self.position += length
        return self.data[start : self.position]

    def buffer(self) -> bytes:
        return self.take(self.uint())

    def string(self) -> str:
        try:
            return self.buffer().decode()
        except UnicodeDecodeError as error:
            raise Truncated(f"Not UTF-8 before {self.position}.") from error


def uint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def buffer(data: bytes) -> bytes:
    return uint(len(data)) + data


def string(text: str) -> bytes:
    return buffer(text.encode())
