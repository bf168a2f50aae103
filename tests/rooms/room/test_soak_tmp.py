"""Whatever a ledger accepts, pycrdt and Yjs read alike, and nothing of it is left pending.

The updates are strange on purpose: see generator.py. A failing seed is in the name of the test.
"""

import random
from collections.abc import Iterator

import pytest

from apps.rooms.documents import SCHEMAS, DocumentName
from apps.rooms.room.ledger import Accepted, Change, Ledger
from apps.rooms.room.merging import merge
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


def accepted_changes(seed: int) -> tuple[Ledger, list[Change]]:
    rng = random.Random(seed)
    document = honest_document(seed)
    ledger = Ledger(BOARD)
    changes = [ledger.add_base(document)]
    forger = Forger(rng, document)
    for _ in range(UPDATES):
        verdict = ledger.accept(forger.update(), None)
        if isinstance(verdict, Accepted) and verdict.change:
            changes.append(verdict.change)
            forger.learn(verdict.change.update)
    return ledger, changes


@pytest.mark.parametrize("seed", range(20000, 26000))
def test_accepted_updates_read_the_same(seed: int, yjs: Desk, pycrdt: Desk) -> None:
    ledger, changes = accepted_changes(seed)
    assert len(changes) > 1
    updates = [change.update for change in changes]

    in_yjs = yjs.read(updates, list(BOARD))
    assert not in_yjs.is_pending
    assert in_yjs.vector == ledger.vector
    assert pycrdt.read(updates, list(BOARD)) == in_yjs

    merged = yjs.read([merge(changes)], list(BOARD))
    assert not merged.is_pending
    assert merged.vector == ledger.vector
    assert pycrdt.read([merge(changes)], list(BOARD)) == merged
