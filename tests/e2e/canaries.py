"""Is a secret string in these bytes, however it was written?

Looked for: as it is, UTF-16, hexadecimal, Base64 at each of its three alignments, JSON escapes, and
all of these within whatever can be inflated, wherever a compressed stream begins.
"""

import base64
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping

DEPTH = 3  # streams within streams
# First bytes of gzip and of zlib at its usual levels; what follows decides.
STREAMS = (b"\x1f\x8b\x08", b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")
ANY_HEADER = 32 + zlib.MAX_WBITS
LONGEST = 50_000_000  # inflated bytes


def needles(secret: str) -> dict[str, set[bytes]]:
    """The spellings of an ASCII secret, by the name of the encoding."""
    raw = secret.encode()
    escaped = "".join(f"\\u{ord(letter):04x}" for letter in secret)
    return {
        "raw": {raw, json.dumps(secret)[1:-1].encode()},
        "utf-16": {secret.encode("utf-16-le"), secret.encode("utf-16-be")},
        "hex": {raw.hex().encode(), raw.hex().upper().encode()},
        "base64": {spelling for shift in range(3) for spelling in _base64(raw, shift)},
        "json": {escaped.encode()},
    }


def _base64(raw: bytes, shift: int) -> set[bytes]:
    """The characters that hold nothing but the secret when it begins `shift` bytes into a group,
    in the usual alphabet and in that for addresses."""
    text = base64.b64encode(bytes(shift) + raw)
    first = (shift * 8 + 5) // 6
    last = (shift + len(raw)) * 8 // 6
    spelling = text[first:last]
    return {spelling, spelling.translate(bytes.maketrans(b"+/", b"-_"))}


def find(secrets: Iterable[str], places: Mapping[str, bytes]) -> list[str]:
    """One line a hit: what, how, where. Of equal bodies only the first place is named."""
    spelled = [
        (spelling, f"{secret} as {how}")
        for secret in secrets
        for how, spellings in needles(secret).items()
        for spelling in spellings
    ]
    first = {body: place for place, body in reversed(list(places.items()))}
    return [
        f"{what} in {place}{inside}"
        for body, place in first.items()
        for inside, part in _parts(body)
        for spelling, what in spelled
        if spelling in part
    ]


def _parts(body: bytes, depth: int = 0) -> Iterator[tuple[str, bytes]]:
    """The bytes, and what can be inflated out of them."""
    yield (", inflated" if depth else ""), body
    if depth < DEPTH:
        for start in _starts(body):
            if inflated := _inflated(body[start:]):
                yield from _parts(inflated, depth + 1)


def _starts(body: bytes) -> Iterator[int]:
    for magic in STREAMS:
        start = body.find(magic)
        while start >= 0:
            yield start
            start = body.find(magic, start + 1)


def _inflated(stream: bytes) -> bytes:
    """As far as it goes: a stream that breaks off later has said something before."""
    inflater, whole = zlib.decompressobj(ANY_HEADER), b""
    try:
        for at in range(0, len(stream), 4096):
            whole += inflater.decompress(stream[at : at + 4096], LONGEST)
            if inflater.eof:
                break
    except zlib.error:
        pass
    return whole
