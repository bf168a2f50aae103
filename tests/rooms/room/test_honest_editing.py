"""What honest clients write is accepted, and the ledger's changes make their documents.

Several pycrdt documents edit at random and hear of one another late. A failing seed is in the name
of the test.
"""

import random
from typing import Any
from uuid import UUID, uuid4

import pytest
from pycrdt import Doc, Map

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
