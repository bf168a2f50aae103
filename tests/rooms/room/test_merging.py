"""Changes put together on bytes say what they said one by one."""

import random
import time
from typing import Any

import pytest
from pycrdt import Doc, Map

from apps.rooms.documents import SCHEMAS, DocumentName
from apps.rooms.room.ledger import Accepted, Change, Ledger
from apps.rooms.room.merging import merge
from apps.rooms.room.updates import read_update
from tests.rooms.peer import first_update, random_change
from tests.rooms.room.generator import deleted, text, update

BOARD = SCHEMAS[DocumentName.BOARD]


def edits(seed: int, count: int) -> tuple[bytes, list[Change]]:
    """A base, and what one person changes after it."""
    rng = random.Random(seed)
    doc: Doc[Any] = Doc(client_id=5)
    doc.apply_update(first_update())
    ledger = Ledger(BOARD)
    changes = [ledger.add_base(first_update())]
    for _ in range(count):
        before = doc.get_state()
        random_change(rng)(doc)
        verdict = ledger.accept(doc.get_update(before), None)
        assert isinstance(verdict, Accepted)
        changes += [verdict.change] if verdict.change else []
    return doc.get_update(), changes


def content(*updates: bytes) -> dict[str, Any]:
    doc: Doc[Any] = Doc()
    for one in updates:
        doc.apply_update(one)
    return {root: doc.get(root, type=Map).to_py() for root in BOARD}


def test_structs_follow_one_another_and_deletions_are_united() -> None:
    ledger = Ledger({"notes": BOARD["notes"]})
    ledger.add_base(first_update())
    updates = (
        update([(5, 0, [text("ab", parent=(1, 0))])]),
        update([(7, 0, [text("c", left=(5, 1))])], [(5, [(0, 1)])]),
        update([(5, 2, [text("d", left=(5, 1), right=(7, 0))])], [(5, [(1, 1)])]),
    )
    changes = [ledger.add_stored(data, None) for data in updates]

    merged = read_update(merge(changes))

    assert [(one.client, one.start, one.end) for one in merged.sections] == [(7, 0, 1), (5, 0, 3)]
    assert merged.deleted == {5: [(0, 2)]}
    assert merge(changes) == update(
        [
            (7, 0, [text("c", left=(5, 1))]),
            (5, 0, [text("ab", parent=(1, 0)), text("d", left=(5, 1), right=(7, 0))]),
        ],
        [(5, [(0, 2)])],
    )


@pytest.mark.parametrize("seed", range(4))
def test_any_neighbouring_changes_may_be_merged_first(seed: int) -> None:
    rng = random.Random(seed)
    document, changes = edits(seed, 60)
    groups, rest = [], changes
    while rest:
        size = rng.randrange(1, 9)
        groups.append(merge(rest[:size]))
        rest = rest[size:]

    assert content(*groups) == content(merge(changes)) == content(document)


def test_one_change_is_its_own_bytes_and_none_is_an_empty_update() -> None:
    change = Ledger(BOARD).add_stored(first_update(), None)

    assert merge([change]) is change.update
    assert merge([]) == update()


def test_a_change_left_out_between_is_an_error() -> None:
    ledger = Ledger(BOARD)
    ledger.add_base(first_update())
    first, _, third = (
        ledger.add_stored(update([(5, clock, [deleted(1, parent="meta", key="k")])]), None)
        for clock in range(3)
    )

    with pytest.raises(ValueError, match="Clock 2 of client 5 follows 1"):
        merge([first, third])


def test_thousands_of_changes_take_milliseconds() -> None:
    """The libraries' own merging takes seconds for as many."""
    _, changes = edits(seed=1, count=300)
    clocks = iter(range(10**6, 10**7))
    many = [
        Change(
            one.update,
            tuple(section._replace(client=next(clocks)) for section in one.sections),
            one.deleted,
            (),
        )
        for one in changes * 10
    ]

    start = time.process_time()
    merge(many)

    assert time.process_time() - start < 0.5
