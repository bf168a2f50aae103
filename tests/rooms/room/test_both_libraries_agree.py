"""Whatever a ledger accepts, pycrdt and Yjs read alike, and nothing of it is left pending.

Some are strange on purpose (see generator.py), some honest with a byte or two gone wrong. A failing
seed is in the name of the test.
"""

import random
from collections.abc import Iterator
from typing import Any

import pytest
from pycrdt import Doc

from apps.rooms.documents import SCHEMAS, DocumentName
from apps.rooms.room.ledger import Accepted, Change, Ledger
from apps.rooms.room.merging import merge
from tests.rooms.peer import random_change
from tests.rooms.room.generator import Forger, honest_document
from tests.rooms.room.libraries import PYCRDT, YJS, Desk, desk, needs_node

BOARD = SCHEMAS[DocumentName.BOARD]
UPDATES = 40  # for each seed

pytestmark = needs_node


@pytest.fixture(scope="module")
def yjs() -> Iterator[Desk]:
    with desk(YJS) as one:
        yield one


@pytest.fixture(scope="module")
def pycrdt() -> Iterator[Desk]:
    with desk(PYCRDT) as one:
        yield one


class Case:
    """A ledger with an honest document, and what it accepts after it."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.document = honest_document(seed)
        self.ledger = Ledger(BOARD)
        self.changes: list[Change] = [self.ledger.add_base(self.document)]

    def offer(self, update: bytes) -> bool:
        verdict = self.ledger.accept(update, None)
        if not isinstance(verdict, Accepted) or verdict.change is None:
            return False
        self.changes.append(verdict.change)
        return True

    def check(self, yjs: Desk, pycrdt: Desk) -> None:
        """Change by change and in one go: nothing is pending, both read the same."""
        updates = [change.update for change in self.changes]
        for way in (updates, [merge(self.changes)]):
            in_yjs = yjs.read(way, list(BOARD))
            assert not in_yjs.is_pending
            assert in_yjs.vector == self.ledger.vector
            assert pycrdt.read(way, list(BOARD)) == in_yjs


@pytest.mark.parametrize("seed", range(20))
def test_forged_updates_read_the_same(seed: int, yjs: Desk, pycrdt: Desk) -> None:
    case = Case(seed)
    forger = Forger(case.rng, case.document)

    for _ in range(UPDATES):
        if case.offer(forger.update()):
            forger.learn(case.changes[-1].update)

    assert len(case.changes) > 1
    case.check(yjs, pycrdt)


@pytest.mark.parametrize("seed", range(20))
def test_mutated_updates_read_the_same(seed: int, yjs: Desk, pycrdt: Desk) -> None:
    """Of many who each change the document a little; one or two bytes of it are not theirs."""
    case = Case(seed)

    for client in range(300, 300 + UPDATES):
        writer: Doc[Any] = Doc(client_id=client)
        writer.apply_update(case.document)
        before = writer.get_state()
        for _ in range(3):
            random_change(case.rng)(writer)
        update = writer.get_update(before)
        for _ in range(10):
            mutant = bytearray(update)
            for _ in range(case.rng.randrange(1, 3)):
                mutant[case.rng.randrange(len(mutant))] = case.rng.randrange(256)
            case.offer(bytes(mutant))

    assert len(case.changes) > UPDATES / 2
    case.check(yjs, pycrdt)
