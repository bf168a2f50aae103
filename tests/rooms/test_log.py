"""The log: numbers without holes, all or nothing, and the same document from every reading."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.db.utils import IntegrityError

from apps.core.ids import new_id
from apps.rooms.documents import DocumentKey, DocumentName
from apps.rooms.domain import log
from apps.rooms.domain.log import Batch, Entry, Tail
from apps.rooms.models import Snapshot
from tests.rooms.desk import Desk, new_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return new_desk()


def entries(*payloads: bytes) -> list[Entry]:
    return [Entry(payload) for payload in payloads]


def test_a_new_design_has_the_first_change_of_both_documents(desk: Desk) -> None:
    private = DocumentKey(desk.id, DocumentName.PRIVATE)

    assert [log.last_seq(key) for key in (desk.board, private)] == [1, 1]
    assert len(log.read_whole(desk.board).payloads) == 1


def test_numbers_go_on_where_they_ended(desk: Desk) -> None:
    first = log.append([Batch(desk.board, entries(b"a", b"b"))])
    second = log.append([Batch(desk.board, entries(b"c"))])

    assert (first, second) == ([2], [4])
    assert log.read_after(desk.board, 1) == Tail(4, [b"a", b"b", b"c"])
    assert log.read_after(desk.board, 2, before=4) == Tail(3, [b"b"])
    assert log.read_after(desk.board, 4) == Tail(4, [])


def test_one_transaction_takes_the_batches_of_many_logs(desk: Desk) -> None:
    other = new_desk()

    first = log.append(
        [Batch(other.board, entries(b"x")), Batch(desk.board, entries(b"a", b"b"))],
    )

    assert first == [2, 2]
    assert (log.last_seq(other.board), log.last_seq(desk.board)) == (2, 3)


@pytest.mark.django_db(transaction=True)
def test_a_batch_for_a_design_that_is_gone_leaves_nothing_behind(desk: Desk) -> None:
    gone = DocumentKey(new_id(), DocumentName.BOARD)

    with pytest.raises(IntegrityError):
        log.append([Batch(desk.board, entries(b"a")), Batch(gone, entries(b"x"))])

    assert log.last_seq(desk.board) == 1


def test_reading_begins_at_the_last_snapshot(desk: Desk) -> None:
    log.append([Batch(desk.board, entries(b"a", b"b", b"c"))])
    log.save_snapshot(desk.board, 3, b"whole")

    assert log.read_whole(desk.board) == Tail(4, [b"whole", b"c"])


def test_old_snapshots_go(desk: Desk) -> None:
    for seq in range(1, 6):
        log.save_snapshot(desk.board, seq, b"whole")

    kept = Snapshot.objects.filter(design=desk.design).values_list("seq", flat=True)

    assert sorted(kept) == [3, 4, 5]


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_many_processes_append_without_holes_or_deadlock(desk: Desk) -> None:
    """Threads stand for processes: each has a connection of its own to PostgreSQL."""
    other = new_desk()
    batches = [Batch(desk.board, entries(b"a")), Batch(other.board, entries(b"b", b"c"))]

    def append(number: int) -> list[int]:
        try:
            return log.append(batches if number % 2 else batches[::-1])
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(append, range(40)))

    assert sorted(min(pair) for pair in taken) == list(range(2, 42))
    assert len(log.read_after(desk.board, 1).payloads) == 40
    assert log.last_seq(other.board) == 81
