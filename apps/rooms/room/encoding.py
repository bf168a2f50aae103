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
        data, start = self.data, self.position
        try:
            byte = data[start]
            if byte < 0x80:
                self.position = start + 1  # most numbers are this short
                return byte
            value, position = byte & 0x7F, start + 1
            while byte >= 0x80:
                byte = data[position]
                value |= (byte & 0x7F) << (7 * (position - start))
                position += 1
                if position - start > MAX_VARUINT_BYTES:
                    raise Truncated(f"A number of over {MAX_VARUINT_BYTES} bytes at {start}.")
        except IndexError:
            raise Truncated(f"The bytes end within a number at {start}.") from None
        self.position = position
        return value

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


_ONE_BYTE = tuple(bytes((value,)) for value in range(0x80))


def uint(value: int) -> bytes:
    if value < 0x80:
        return _ONE_BYTE[value]
    if value < 0x4000:
        return bytes((value & 0x7F | 0x80, value >> 7))
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
