"""All 256 x 256 beginnings of a frame: each is understood or closes its sender, nobody else."""

import json
from collections.abc import Iterator

import pytest
from pycrdt import Map

from apps.rooms.room.connection import Person
from apps.rooms.room.encoding import Reader, Truncated, string, uint
from apps.rooms.room.protocol import CloseCode, Kind, Reason, Refusal, read_presence
from tests.hostile.rooms.intruders import ANN, BOB, ENDED, MAL, OBSERVER, Intruder
from tests.rooms.peer import DialectPeer, Peer, first_update, put_component
from tests.rooms.table import BOARD, Seat, Table

PRESENCE = uint(1) + uint(7) + uint(1) + string('{"user":{"name":"Ann"}}')
EMPTY_UPDATE = b"\0\0"

# What follows the two bytes. A buffer and a string are read where the message has one; for a
# presence frame the second byte is the length, so just one of all the pairs fits the body.
BODIES = {
    "nothing": b"",
    "an empty update": uint(len(EMPTY_UPDATE)) + EMPTY_UPDATE,
    "a presence": PRESENCE,
    "an unending number": b"\xff" * 12,
    "zeros": b"\0" * 5,
}
KNOWN = {Kind.SYNC, Kind.AWARENESS, Kind.QUERY_AWARENESS, Kind.ASK, Kind.CHECK}


@pytest.fixture
def table() -> Table:
    return Table(first_update())


def honest_pair(table: Table) -> tuple[Seat, Seat]:
    """One speaks the standard only, the other our dialect."""
    pair = table.sit(ANN), table.sit(BOB, DialectPeer())
    table.settle()
    return pair


def all_pairs(body: bytes) -> Iterator[bytes]:
    return (bytes((first, second)) + body for first in range(256) for second in range(256))


def type_of(frame: bytes) -> int | None:
    try:
        return Reader(frame).uint()
    except Truncated:
        return None


@pytest.mark.parametrize("person", [MAL, OBSERVER, ENDED], ids=["writer", "observer", "ended"])
@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_every_beginning_is_understood_or_closes_its_sender(
    table: Table, body: bytes, person: Person
) -> None:
    ann, bob = honest_pair(table)
    document, rows = table.room.timeline.whole(), len(table.log)
    intruder = Intruder(table, person)
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
    assert table.room.timeline.whole() == document
    assert len(table.log) == rows
    for seat in (ann, bob):
        assert seat.socket.closed is None
        assert all(is_presence_of_intruder(frame, person) for frame in seat.socket.frames)
    assert_still_together(table, ann, bob)


def is_presence_of_intruder(frame: bytes, person: Person) -> bool:
    """The one thing that others hear: that they were there, under their own name, and left."""
    reader = Reader(frame)
    if reader.uint() != Kind.AWARENESS:
        return False
    states = [json.loads(entry.state) for entry in read_presence(reader.buffer())]
    return all(state is None or state["user"] == person.user for state in states)


def assert_still_together(table: Table, ann: Seat, bob: Seat) -> None:
    ann.edit(put_component("after all that"))
    table.settle()
    assert ann.peer.is_saved
    assert content_of(bob.peer) == content_of(ann.peer)


def content_of(peer: Peer) -> object:
    return {root: peer.doc.get(root, type=Map).to_py() for root in BOARD}
