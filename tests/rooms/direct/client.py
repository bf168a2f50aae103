"""The client's half of RFC 6455, as bytes: also what no library would send."""

from websockets.speedups import apply_mask


def frame(
    payload: bytes = b"",
    opcode: int = 2,
    *,
    final: bool = True,
    reserved: int = 0,
    mask: bytes | None = b"\x11\x22\x33\x44",
) -> bytes:
    """mask: None leaves the frame unmasked."""
    first = (0x80 if final else 0) | reserved << 4 | opcode
    masked = 0x80 if mask is not None else 0
    size = len(payload)
    if size < 126:
        head = bytes((first, masked | size))
    elif size < 1 << 16:
        head = bytes((first, masked | 126)) + size.to_bytes(2)
    else:
        head = bytes((first, masked | 127)) + size.to_bytes(8)
    return head + payload if mask is None else head + mask + apply_mask(payload, mask)


def fragments(*parts: bytes) -> list[bytes]:
    """A binary message in several frames."""
    last = len(parts) - 1
    return [
        frame(part, 2 if index == 0 else 0, final=index == last) for index, part in enumerate(parts)
    ]
