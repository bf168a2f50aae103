"""A round: two honest people write at a board while others send whatever they are given to send.

Nothing of it reaches a library in this process before both libraries have read it in theirs.
"""

import json
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pycrdt import Map

from apps.rooms.room import protocol
from apps.rooms.room.connection import Person
from apps.rooms.room.encoding import Reader
from apps.rooms.room.updates import read_update
from tests.hostile.rooms.intruders import (
    ANN,
    BOB,
    EVE,
    MAL,
    OBSERVER,
    Intruder,
    Stopwatch,
)
from tests.hostile.rooms.mutations import mutated
from tests.hostile.rooms.recordings import of_our_own, of_presence, of_the_document
from tests.rooms.peer import DialectPeer, Peer, first_update, random_change, replayed
from tests.rooms.room.generator import Forger
from tests.rooms.room.libraries import Desk
from tests.rooms.table import BOARD, Seat, Table

ANNS, BOBS = 11, 12  # client ids
INTRUDERS = (7, 8)
EVERY = 40  # so often the honest write something
FIRST_CHANGES = 12

Frames = Callable[[random.Random, Table, Desk], Iterator[bytes]]


@dataclass(frozen=True)
class Libraries:
    yjs: Desk
    pycrdt: Desk


@dataclass
class Outcome:
    """frames: sent by the intruders. closed: how many of these closed their sender. rows: how many
    were stored. reasons: all that the intruders were told."""

    frames: int
    closed: int
    rows: int
    slow: int
    worst_s: float
    reasons: tuple[str, ...]


def play(seed: int, frames: Frames, count: int, libraries: Libraries) -> Outcome:
    """Raises AssertionError if anybody was disturbed."""
    rng = random.Random(seed)
    table = Table(first_update())
    honest = sit_down(table, rng)
    watch = Stopwatch()
    # Mostly one of them: two who use the same client ids stop each other.
    intruders = [Intruder(table, person, watch) for person in (MAL, MAL, MAL, MAL, EVE, OBSERVER)]
    source = frames(rng, table, libraries.yjs)

    for number in range(count):
        if number % EVERY == 0:
            write_something(rng, table, honest)
        intruder = rng.choice(intruders)
        say_and_see(intruder, next(source), honest)

    check_log(table, libraries)
    check_honest(table, honest)
    return Outcome(
        frames=watch.frames,
        closed=sum(intruder.closed for intruder in intruders),
        rows=sum(row.participant in {MAL.participant, EVE.participant} for row in table.log),
        slow=watch.slow,
        worst_s=watch.worst_s,
        reasons=tuple(sorted({one for intruder in intruders for one in intruder.reasons})),
    )


# The honest ------------------------------------------------------------------------------------


def sit_down(table: Table, rng: random.Random) -> list[Seat]:
    """One speaks the standard only, the other our dialect. Both have written and pointed."""
    seats = [table.sit(ANN, Peer(ANNS)), table.sit(BOB, DialectPeer(BOBS))]
    table.settle()
    for seat in seats * (FIRST_CHANGES // 2):
        seat.edit(random_change(rng))
        table.settle()
    for seat in seats:
        seat.say(*seat.peer.show({"cursor": None}, clock=1))
    table.settle()
    return seats


def write_something(rng: random.Random, table: Table, seats: Iterable[Seat]) -> None:
    """Without having heard anything since the round began: the network is slow today."""
    for seat in seats:
        seat.edit(random_change(rng))
        while seat.to_room:
            seat.deliver_to_room()
    table.commit()


def say_and_see(intruder: Intruder, frame: bytes, honest: Iterable[Seat]) -> None:
    """Nobody hears of a frame that was not stored, unless it says where somebody points."""
    rows = len(intruder.table.log)
    before = [len(seat.socket.frames) for seat in honest]
    intruder.say(frame)
    is_stored = len(intruder.table.log) > rows
    assert not (is_stored and intruder.person.refusal)
    for seat, heard in zip(honest, before, strict=True):
        assert seat.socket.closed is None
        new = [seat.socket.frames[index] for index in range(heard, len(seat.socket.frames))]
        assert is_stored or all(protocol.is_presence(one) for one in new)
        for one in new:
            if protocol.is_presence(one):
                assert_only_of(intruder.person, one)


def assert_only_of(person: Person, frame: bytes) -> None:
    """The server says whose it is, and that is never an honest one's id."""
    reader = Reader(frame)
    reader.uint()
    for entry in protocol.read_presence(reader.buffer()):
        state = json.loads(entry.state)
        assert entry.client_id not in {ANNS, BOBS}
        assert state is None or state["user"] == person.user


def check_honest(table: Table, honest: Iterable[Seat]) -> None:
    table.settle()
    whole = content_of(replayed(table.updates))
    for seat in honest:
        assert seat.socket.closed is None
        assert seat.peer.refused == []
        assert seat.peer.is_saved
        assert content_of(seat.peer.doc) == whole


def content_of(doc: Any) -> object:
    return {root: doc.get(root, type=Map).to_py() for root in BOARD}


# The log ---------------------------------------------------------------------------------------


def check_log(table: Table, libraries: Libraries) -> None:
    """Row by row and in one go: nothing is pending, both libraries read the same."""
    for way in (table.updates, [table.room.timeline.whole()]):
        in_yjs = libraries.yjs.read(way, list(BOARD))
        assert not in_yjs.is_pending
        assert in_yjs.vector == table.room.ledger.vector
        assert libraries.pycrdt.read(way, list(BOARD)) == in_yjs
    check_owners(table)


def check_owners(table: Table) -> None:
    """Whoever first used a client id is the only one who ever wrote under it."""
    owners: dict[int, UUID | None] = {}
    for row in table.log:
        for section in read_update(row.update).sections:
            assert owners.setdefault(section.client, row.participant) == row.participant


# What intruders send ---------------------------------------------------------------------------


def mutants(rng: random.Random, table: Table, yjs: Desk) -> Iterator[bytes]:
    """Real frames with something wrong; now and then the real one, so that there is progress."""
    documents = of_the_document(rng, table.room.timeline.whole(), yjs)
    pointers = of_presence(rng, ANNS, BOBS, *INTRUDERS)
    kinds = (documents, pointers, of_our_own(table.epoch))
    frames = [one.frame for kind in kinds for one in kind]
    while True:
        [kind] = rng.choices(kinds, (7, 2, 1))
        one = rng.choice(kind)
        choice = rng.random()
        if choice < (0.1 if kind is documents else 0.5):
            yield one.frame
        elif choice < 0.6:
            yield mutated(rng, one.frame, frames)
        else:
            yield one.wrap(mutated(rng, one.body, frames))


def forgeries(rng: random.Random, table: Table, _yjs: Desk) -> Iterator[bytes]:
    """Updates that are right in form, by somebody who has heard everything."""
    forger = Forger(rng, table.room.timeline.whole())
    while True:
        rows = len(table.log)
        yield protocol.update_frame(forger.update())
        for row in table.log[rows:]:
            forger.learn(row.update)
