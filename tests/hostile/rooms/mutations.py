"""What goes wrong with bytes: by accident, or because somebody is looking for a way in."""

import random
from collections.abc import Callable, Sequence
from typing import TypeAlias

Mutation: TypeAlias = Callable[[random.Random, bytearray, Sequence[bytes]], None]

EDGES = (0x00, 0x01, 0x7F, 0x80, 0x81, 0xFE, 0xFF)
LONG_NUMBERS = (
    b"\xff\xff\x03",
    b"\xff\xff\xff\xff\x0f",
    b"\xff" * 8 + b"\x0f",
    b"\x80" * 9 + b"\x01",
)
TOGETHER = (1, 1, 1, 2, 3)


def mutated(rng: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """With one to three things wrong. others: frames that pieces may come from."""
    out = bytearray(data)
    for _ in range(rng.choice(TOGETHER)):
        rng.choice(MUTATIONS)(rng, out, others)
    return bytes(out)


def _flip_a_bit(rng: random.Random, out: bytearray, _others: Sequence[bytes]) -> None:
    if out:
        out[rng.randrange(len(out))] ^= 1 << rng.randrange(8)


def _replace_a_byte(rng: random.Random, out: bytearray, _others: Sequence[bytes]) -> None:
    if out:
        out[rng.randrange(len(out))] = rng.choice((*EDGES, rng.randrange(256)))


def _shift_a_number(rng: random.Random, out: bytearray, _others: Sequence[bytes]) -> None:
    """Lengths, counts, clocks: numbers below 128 are their own byte."""
    if out:
        at = rng.randrange(len(out))
        out[at] = (out[at] + rng.choice((-3, -2, -1, 1, 2, 3))) % 256


def _shift_an_early_number(rng: random.Random, out: bytearray, _others: Sequence[bytes]) -> None:
    """Counts and the first lengths stand in front."""
    if out:
        at = rng.randrange(min(len(out), 8))
        out[at] = (out[at] + rng.choice((-3, -2, -1, 1, 2, 3))) % 256


def _cut_off(rng: random.Random, out: bytearray, _others: Sequence[bytes]) -> None:
    del out[rng.randrange(len(out) + 1) :]


def _leave_out(rng: random.Random, out: bytearray, _others: Sequence[bytes]) -> None:
    start, end = _slice(rng, len(out))
    del out[start:end]


def _repeat(rng: random.Random, out: bytearray, _others: Sequence[bytes]) -> None:
    start, end = _slice(rng, len(out))
    out[end:end] = out[start:end] * rng.choice((1, 1, 2, 20))


def _splice(rng: random.Random, out: bytearray, others: Sequence[bytes]) -> None:
    """A piece of another frame in place of one of this."""
    other = rng.choice(others)
    start, end = _slice(rng, len(out))
    first, last = _slice(rng, len(other))
    out[start:end] = other[first:last]


def _put_in_a_long_number(rng: random.Random, out: bytearray, _others: Sequence[bytes]) -> None:
    at = rng.randrange(len(out) + 1)
    out[at : at + 1] = rng.choice(LONG_NUMBERS)


def _slice(rng: random.Random, length: int) -> tuple[int, int]:
    start = rng.randrange(length + 1)
    return start, min(length, start + rng.choice((1, 2, 5, 20)))


MUTATIONS: tuple[Mutation, ...] = (
    _flip_a_bit,
    _replace_a_byte,
    _shift_a_number,
    _shift_an_early_number,
    _cut_off,
    _leave_out,
    _repeat,
    _splice,
    _put_in_a_long_number,
)
