"""A long interview stays small and opens again. `long_interview` prints how fast."""

from typing import Any

import pytest
from pycrdt import Doc

from apps.designs.document.live import LiveContent, content_of
from apps.rooms.documents import SCHEMAS
from apps.rooms.domain import log
from apps.rooms.domain.log import Batch, Entry
from apps.rooms.domain.reading import current_document
from apps.rooms.models import Snapshot, Update
from apps.rooms.room.ledger import Ledger
from apps.rooms.room.merging import merge
from tests.rooms.desk import new_desk
from tests.rooms.long_interview import interview
from tests.rooms.rows import sum_up

MEGABYTE = 1_000_000
SEED = 7

pytestmark = pytest.mark.django_db


def content_after(updates: list[bytes]) -> LiveContent:
    doc: Doc[Any] = Doc()
    with doc.transaction():
        for update in updates:
            doc.apply_update(update)
    return content_of(doc)


def test_two_hours_leave_a_small_snapshot_that_says_everything() -> None:
    """40,000 changes by two people: drops, typing, undo, cards that come and go."""
    desk = new_desk()
    log_id = log.find_log(desk.board)
    Update.objects.filter(log=log_id).delete()
    rows = list(interview(SEED))
    log.append([Batch(log_id, 1, [Entry(row) for row in rows])])

    assert sum_up(desk.board) == len(rows)

    opened = log.open_log(desk.board)
    assert opened.base is not None
    assert opened.rows == []
    assert len(opened.base) < 2 * MEGABYTE
    document, seq = current_document(desk.design)
    wanted = content_after(rows)
    assert seq == len(rows)
    assert document["board"] == wanted.board
    assert document["steps"] == wanted.steps


def test_a_room_opens_from_that_snapshot() -> None:
    """What the room sends to whoever joins is what the rows make."""
    rows = list(interview(SEED, drops=300, edits=700))
    desk = new_desk()
    log_id = log.find_log(desk.board)
    Update.objects.filter(log=log_id).delete()
    log.append([Batch(log_id, 1, [Entry(row) for row in rows[:-100]])])
    sum_up(desk.board)
    log.append([Batch(log_id, len(rows) - 99, [Entry(row) for row in rows[-100:]])])

    opened = log.open_log(desk.board)
    ledger = Ledger(SCHEMAS[desk.board.name])
    assert opened.base
    changes = [ledger.add_base(opened.base)]
    changes += [ledger.add_stored(row.payload, None) for row in opened.rows]

    assert len(opened.rows) == 100
    assert content_after([merge(changes)]) == content_after(rows)
    assert Snapshot.objects.filter(log=log_id).count() == 1
