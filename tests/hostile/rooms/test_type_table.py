"""All 256 x 256 beginnings of a frame: each is understood or closes its sender, nobody else."""

from collections.abc import Iterator

import pytest

from apps.rooms.room.connection import Person
from apps.rooms.room.encoding import Reader, Truncated, buffer, string, uint
from apps.rooms.room.protocol import CloseCode, Kind, Reason, Refusal
from tests.hostile.rooms.bystanders import Bystanders
from tests.hostile.rooms.intruders import ENDED, MAL, OBSERVER

# What follows the two bytes. A buffer and a string are read where the message has one; for a
# presence frame the second byte is the length, so just one of all the pairs fits the body.
BODIES = {
    "nothing": b"",
    "an empty update": buffer(b"\0\0"),
    "a presence": uint(1) + uint(7) + uint(1) + string('{"user":{"name":"Ann"}}'),
    "an unending number": b"\xff" * 12,
    "zeros": b"\0" * 5,
}
KNOWN = {Kind.SYNC, Kind.AWARENESS, Kind.QUERY_AWARENESS, Kind.ASK, Kind.CHECK}


@pytest.mark.parametrize("person", [MAL, OBSERVER, ENDED], ids=["writer", "observer", "ended"])
@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_every_beginning_is_understood_or_closes_its_sender(body: bytes, person: Person) -> None:
    bystanders = Bystanders()
    intruder = bystanders.beside(person)
    understood = set()

    for frame in all_pairs(body):
        closed = intruder.say(frame)
        if closed is None:
            understood.add(type_of(frame))
        else:
            assert closed[0] == CloseCode.NOT_OF_THE_PROTOCOL
            assert closed[1] in {*Reason, *Refusal}

    assert understood <= KNOWN
    assert intruder.closed > 65_000
    bystanders.assert_undisturbed(person)


def all_pairs(body: bytes) -> Iterator[bytes]:
    return (bytes((first, second)) + body for first in range(256) for second in range(256))


def type_of(frame: bytes) -> int | None:
    try:
        return Reader(frame).uint()
    except Truncated:
        return None
