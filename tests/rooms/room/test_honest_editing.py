"""What honest clients write is accepted, and the ledger's changes make their documents.

Several pycrdt documents edit at random and hear of one another late. A failing seed is in the name
of the test.
"""

import random
from typing import Any
from uuid import UUID, uuid4

import pytest
from pycrdt import Doc, Map, merge_updates

from apps.rooms.documents import SCHEMAS, DocumentName
from apps.rooms.room.ledger import Accepted, Change, Ledger
from apps.rooms.room.merging import merge
from apps.rooms.room.updates import vector_of
from tests.rooms.peer import Peer, first_update, random_change

BOARD = SCHEMAS[DocumentName.BOARD]


class Writer(Peer):
    """heard: how many changes of the log it has taken in."""

    def __init__(self, client_id: int) -> None:
        super().__init__(client_id)
        self.author: UUID = uuid4()
        self.heard = 0
        self.doc.apply_update(first_update())

    def hear_log(self, log: list[Change]) -> None:
        for change in log[self.heard :]:
            self.doc.apply_update(change.update)
        self.heard = len(log)

    def write(self, rng: random.Random) -> bytes:
        before = self.doc.get_state()
        with self.doc.transaction():
            for _ in range(rng.randrange(1, 3)):
                random_change(rng)(self.doc)
        return self.doc.get_update(before)


def content(doc: "Doc[Any]") -> dict[str, Any]:
    return {root: doc.get(root, type=Map).to_py() for root in BOARD}


@pytest.mark.parametrize("seed", range(12))
def test_everything_is_accepted_and_the_merge_is_the_sum(seed: int) -> None:
    rng = random.Random(seed)
    ledger = Ledger(BOARD)
    log = [ledger.add_base(first_update())]
    writers = [Writer(rng.choice([5, 300, 2**31 + 7]) + index) for index in range(3)]

    for _ in range(100):
        writer = rng.choice(writers)
        if rng.random() < 0.3:
            writer.hear_log(log)
        update = writer.write(rng)
        verdict = ledger.accept(update, writer.author)
        assert isinstance(verdict, Accepted)
        log += [verdict.change] if verdict.change else []
        assert ledger.accept(update, writer.author) == Accepted(None)
        assert ledger.is_known(update)

    one_by_one: Doc[Any] = Doc()
    for change in log:
        one_by_one.apply_update(change.update)
    at_once: Doc[Any] = Doc()
    at_once.apply_update(merge(log))
    assert content(at_once) == content(one_by_one)
    assert vector_of(at_once.get_state()) == vector_of(ledger.state_vector) == ledger.vector
    assert ledger.is_known(one_by_one.get_update())


@pytest.mark.parametrize("seed", range(12))
def test_lost_frames_are_noticed_and_filled(seed: int) -> None:
    """What builds on a lost frame has a gap; a diff against the ledger's vector fills it."""
    rng = random.Random(seed)
    ledger = Ledger(BOARD)
    log = [ledger.add_base(first_update())]
    writers = [Writer(300 + index) for index in range(2)]
    gaps = 0

    def send(update: bytes, writer: Writer) -> bool:
        verdict = ledger.accept(update, writer.author)
        if isinstance(verdict, Accepted) and verdict.change:
            log.append(verdict.change)
        return isinstance(verdict, Accepted)

    for _ in range(80):
        writer = rng.choice(writers)
        lacks = vector_of(writer.doc.get_state()).get(writer.doc.client_id, 0)
        has_lost = ledger.vector.get(writer.doc.client_id, 0) < lacks
        update = writer.write(rng)
        if rng.random() < 0.1:
            continue
        if not send(update, writer):
            gaps += 1
            assert has_lost
            assert send(writer.doc.get_update(ledger.state_vector), writer)
    for writer in writers:
        assert send(writer.doc.get_update(ledger.state_vector), writer)

    server: Doc[Any] = Doc()
    server.apply_update(merge(log))
    both: Doc[Any] = Doc()
    for writer in writers:
        both.apply_update(writer.doc.get_update())
    assert gaps > 0
    assert content(server) == content(both)


@pytest.mark.parametrize("seed", range(12))
def test_frames_that_overlap_leave_each_change_once(seed: int) -> None:
    """A queue that was sent in part, merged with what came later, and sent again."""
    rng = random.Random(seed)
    ledger = Ledger(BOARD)
    log = [ledger.add_base(first_update())]
    writer = Writer(300)
    queue = [writer.write(rng) for _ in range(60)]

    sent = 0
    while sent < len(queue):
        start = rng.randrange(max(0, sent - 5), sent + 1)
        sent = min(len(queue), sent + rng.randrange(1, 6))
        verdict = ledger.accept(merge_updates(*queue[start:sent]), writer.author)
        assert isinstance(verdict, Accepted)
        log += [verdict.change] if verdict.change else []

    ends = [section.end for change in log for section in change.sections if section.client == 300]
    starts = [
        section.start for change in log for section in change.sections if section.client == 300
    ]
    assert starts == [0, *ends[:-1]]
    server: Doc[Any] = Doc()
    server.apply_update(merge(log))
    assert content(server) == content(writer.doc)


@pytest.mark.parametrize("seed", range(4))
def test_a_ledger_may_be_loaded_from_any_prefix(seed: int) -> None:
    """A snapshot of the first rows as base, the rest as rows: the same account of it."""
    rng = random.Random(seed)
    ledger = Ledger(BOARD)
    log = [ledger.add_base(first_update())]
    writer = Writer(300)
    log += [ledger.add_stored(writer.write(rng), writer.author) for _ in range(40)]

    snapshot_at = rng.randrange(1, len(log))
    doc: Doc[Any] = Doc()
    doc.apply_update(merge(log[:snapshot_at]))
    loaded = Ledger(BOARD, ledger.owners)
    loaded.add_base(doc.get_update())
    for change in log[snapshot_at:]:
        loaded.add_stored(change.update, writer.author)

    assert loaded.vector == ledger.vector
    assert loaded.accept(writer.doc.get_update(), writer.author) == Accepted(None)
    assert isinstance(loaded.accept(writer.write(rng), writer.author), Accepted)
