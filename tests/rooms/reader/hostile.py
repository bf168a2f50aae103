"""Updates that no room accepts, for tests of what happens if one is stored all the same.

They are made here rather than kept as bytes: some end the library's process.
"""


def deep_value(depth: int) -> bytes:
    """An item of the board with lists in one another. The library recurses for each."""
    return _item("fields", b"u\x01" * depth + b"~")


def long_value(count: int) -> bytes:
    """An item of the board with a list of so many nulls: a byte each here, much more once read."""
    return _item("tags", b"u" + _number(count) + b"~" * count)


def garbage() -> bytes:
    return b"\x01\x05\x07"


def _item(key: str, value: bytes) -> bytes:
    """components: {"hostile": {key: value}}, by client 7. See `docs/protocol.md` for the format."""
    item = b"\x27\x01" + _text("components") + _text("hostile") + b"\x01"
    entry = b"\x28\x00\x07\x00" + _text(key) + b"\x01" + value
    return b"\x01\x02\x07\x00" + item + entry + b"\x00"


def _text(text: str) -> bytes:
    return _number(len(text)) + text.encode()


def _number(value: int) -> bytes:
    digits = bytearray()
    while value > 0x7F:
        digits.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*digits, value])
