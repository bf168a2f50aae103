"""The log: numbers without holes, all or nothing, and the same document from every reading."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core.ids import new_id
from apps.designs.models import Participant
from apps.rooms.documents import DocumentKey, DocumentName
from apps.rooms.domain import log
from apps.rooms.domain.log import Batch, Entry, ForeignClient, LogGone, Row, RowsMissing
from apps.rooms.models import Author, Log, Snapshot, Update
from tests.rooms.desk import Desk, new_desk

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 23, 12, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def desk() -> Desk:
    return new_desk()


@pytest.fixture
def log_id(desk: Desk) -> int:
    return log.find_log(desk.board)


def batch(log_id: int, first_seq: int, *payloads: bytes) -> Batch:
    return Batch(log_id, first_seq, [Entry(payload) for payload in payloads])


def payloads_of(log_id: int, after: int = 0) -> list[bytes]:
    return [row.payload for row in log.read_after(log_id, after)]


# Appending


def test_a_new_design_has_the_first_change_of_both_documents(desk: Desk) -> None:
    private = DocumentKey(desk.id, DocumentName.PRIVATE)

    opened = [log.open_log(key) for key in (desk.board, private)]

    assert [len(one.rows) for one in opened] == [1, 1]
    assert opened[0].epoch != opened[1].epoch


def test_the_server_owns_the_client_ids_of_the_first_change(desk: Desk) -> None:
    opened = log.open_log(desk.board)

    assert list(opened.owners.values()) == [None]


def test_rows_go_to_the_end_with_their_author_and_time(log_id: int) -> None:
    ann, bob = new_id(), new_id()
    entries = [Entry(b"a", ann, at=NOON), Entry(b"", bob, at=NOON), Entry(b"\0c", None, at=NOON)]

    overtaken = log.append([Batch(log_id, 2, entries)])

    assert overtaken == frozenset()
    assert log.read_after(log_id, 1) == [
        Row(2, ann, NOON, b"a"),
        Row(3, bob, NOON, b""),
        Row(4, None, NOON, b"\0c"),
    ]


def test_a_row_without_a_time_gets_that_of_storing(log_id: int) -> None:
    before = datetime.now(UTC)

    log.append([batch(log_id, 2, b"a")])

    [row] = log.read_after(log_id, 1)
    assert before <= row.at <= datetime.now(UTC)


def test_rows_read_the_same_through_the_model(log_id: int, desk: Desk) -> None:
    ann = Participant.objects.get(design=desk.design)
    log.append([Batch(log_id, 2, [Entry(b"a", ann.id, at=NOON)])])

    row = Update.objects.select_related("participant").get(pk=(log_id, 2))

    assert (row.participant, row.at, bytes(row.payload)) == (ann, NOON, b"a")


def test_part_of_a_log_can_be_read(log_id: int) -> None:
    log.append([batch(log_id, 2, b"a", b"b", b"c")])

    assert [row.seq for row in log.read_after(log_id, 2)] == [3, 4]
    assert [row.seq for row in log.read_after(log_id, 2, before=4)] == [3]
    assert log.read_after(log_id, 4) == []


def test_one_transaction_takes_the_batches_of_many_logs(log_id: int) -> None:
    other = log.find_log(new_desk().board)

    log.append([batch(other, 2, b"x"), batch(log_id, 2, b"a", b"b")])

    assert (log.last_seq(other), log.last_seq(log_id)) == (2, 3)


def test_an_overtaken_batch_is_reported_and_the_others_are_stored(log_id: int) -> None:
    other = log.find_log(new_desk().board)
    log.append([batch(log_id, 2, b"faster")])

    overtaken = log.append([batch(log_id, 2, b"a", b"b"), batch(other, 2, b"x")])

    assert overtaken == {log_id}
    assert payloads_of(log_id, after=1) == [b"faster"]
    assert payloads_of(other, after=1) == [b"x"]


def test_a_batch_overtaken_in_its_middle_is_not_stored_in_part(log_id: int) -> None:
    log.append([batch(log_id, 2, b"a", b"b")])

    assert log.append([batch(log_id, 3, b"x", b"y")]) == {log_id}
    assert payloads_of(log_id, after=1) == [b"a", b"b"]


def test_what_was_stored_without_our_hearing_of_it_is_not_stored_twice(log_id: int) -> None:
    """The connection broke after the commit, and the writer tries again."""
    once = batch(log_id, 2, b"a", b"b")
    log.append([once])
    log.append([batch(log_id, 4, b"later")])

    assert log.append([once]) == frozenset()
    assert payloads_of(log_id, after=1) == [b"a", b"b", b"later"]


def test_the_same_bytes_of_somebody_else_are_not_ours(log_id: int) -> None:
    log.append([Batch(log_id, 2, [Entry(b"a", new_id())])])

    assert log.append([Batch(log_id, 2, [Entry(b"a", new_id())])]) == {log_id}


def test_a_log_of_a_restored_store_gets_no_hole(log_id: int) -> None:
    other = log.find_log(new_desk().board)

    with pytest.raises(RowsMissing, match="ends at 1, so that 7 would"):
        log.append([batch(other, 2, b"x"), batch(log_id, 7, b"a")])

    assert (log.last_seq(log_id), log.last_seq(other)) == (1, 1)


def test_nothing_is_appended_to_a_deleted_log(log_id: int, desk: Desk) -> None:
    desk.design.delete()

    with pytest.raises(LogGone) as caught:
        log.append([batch(log_id, 2, b"a")])

    assert caught.value.log_id == log_id
    assert not Update.objects.filter(log=log_id).exists()


def test_deleting_a_design_leaves_nothing(log_id: int, desk: Desk) -> None:
    log.append([Batch(log_id, 2, [Entry(b"a", new_clients=(1,))])])
    log.save_snapshot(log_id, 2, b"whole")

    desk.design.delete()

    tables = (Log, Update, Snapshot, Author)
    assert [model.objects.count() for model in tables] == [0, 0, 0, 0]


def test_a_deleted_person_stays_apart_from_others_in_the_log(log_id: int, desk: Desk) -> None:
    ann = Participant.objects.get(design=desk.design)
    ann_id = ann.id
    log.append([Batch(log_id, 2, [Entry(b"a", ann_id, new_clients=(7,))])])

    ann.delete()

    assert log.read_after(log_id, 1)[0].participant_id == ann_id
    assert log.open_log(desk.board).owners[7] == ann_id


# Client ids


def test_a_new_client_id_belongs_to_who_used_it(log_id: int, desk: Desk) -> None:
    ann, bob = new_id(), new_id()
    largest = 2**53 - 1

    log.append([Batch(log_id, 2, [Entry(b"a", ann, (7, largest)), Entry(b"b", bob, (8,))])])

    owners = log.open_log(desk.board).owners
    assert {client: owners[client] for client in (7, 8, largest)} == {7: ann, 8: bob, largest: ann}


def test_an_id_of_somebody_else_fails_its_batch(log_id: int) -> None:
    ann, bob = new_id(), new_id()
    log.append([Batch(log_id, 2, [Entry(b"a", ann, (7,))])])

    with pytest.raises(ForeignClient) as caught:
        log.append([Batch(log_id, 3, [Entry(b"b", bob, (7,))])])

    assert (caught.value.log_id, caught.value.client) == (log_id, 7)
    assert payloads_of(log_id, after=1) == [b"a"]


def test_an_id_that_another_process_has_noted_for_the_same_person_is_fine(log_id: int) -> None:
    ann = new_id()
    log.append([Batch(log_id, 2, [Entry(b"a", ann, (7,))])])

    assert log.append([Batch(log_id, 3, [Entry(b"b", ann, (7,))])]) == frozenset()


def test_two_people_in_one_batch_cannot_share_an_id(log_id: int) -> None:
    with pytest.raises(ForeignClient):
        log.append([Batch(log_id, 2, [Entry(b"a", new_id(), (7,)), Entry(b"b", new_id(), (7,))])])

    assert log.last_seq(log_id) == 1


def test_the_same_id_in_another_document_is_another_one(log_id: int) -> None:
    other = log.find_log(new_desk().board)

    overtaken = log.append(
        [
            Batch(log_id, 2, [Entry(b"a", new_id(), (7,))]),
            Batch(other, 2, [Entry(b"x", new_id(), (7,))]),
        ]
    )

    assert overtaken == frozenset()


def test_an_overtaken_batch_claims_no_id(log_id: int, desk: Desk) -> None:
    log.append([batch(log_id, 2, b"faster")])

    log.append([Batch(log_id, 2, [Entry(b"a", new_id(), (7,))])])

    assert 7 not in log.open_log(desk.board).owners


# Opening


def test_opening_begins_at_the_last_snapshot(log_id: int, desk: Desk) -> None:
    log.append([batch(log_id, 2, b"a", b"b", b"c")])
    log.save_snapshot(log_id, 2, b"older")
    log.save_snapshot(log_id, 3, b"whole")

    opened = log.open_log(desk.board)

    assert (opened.base_seq, opened.base, opened.seq) == (3, b"whole", 4)
    assert [row.payload for row in opened.rows] == [b"c"]
    assert opened.payloads == [b"whole", b"c"]


def test_a_log_that_a_snapshot_sums_up_ends_where_the_snapshot_does(
    log_id: int, desk: Desk
) -> None:
    log.append([batch(log_id, 2, b"a")])
    log.save_snapshot(log_id, 2, b"whole")

    opened = log.open_log(desk.board)

    assert (opened.seq, opened.rows) == (2, [])


def test_opening_asks_three_times_however_long_the_log_is(log_id: int, desk: Desk) -> None:
    log.append([batch(log_id, 2, *[b"a"] * 1000)])
    log.save_snapshot(log_id, 500, bytes(2_000_000))

    with CaptureQueriesContext(connection) as queries:
        opened = log.open_log(desk.board)

    assert len(queries) == 3
    assert [row.seq for row in opened.rows] == list(range(501, 1002))


def test_a_log_that_is_not_there_cannot_be_opened() -> None:
    with pytest.raises(Log.DoesNotExist):
        log.open_log(DocumentKey(UUID(int=1), DocumentName.BOARD))


# Snapshots and epochs


def test_old_snapshots_go(log_id: int) -> None:
    log.append([batch(log_id, 2, *[b"a"] * 4)])
    for seq in (1, 3, 2, 5, 4):
        log.save_snapshot(log_id, seq, b"whole")

    kept = Snapshot.objects.filter(log=log_id).values_list("seq", flat=True)

    assert sorted(kept) == [3, 4, 5]


@pytest.mark.parametrize("change", [log.begin_epoch, lambda log_id: log.restart(log_id, b"x")])
def test_an_epoch_is_never_the_one_before(
    desk: Desk, log_id: int, change: Callable[[int], object]
) -> None:
    before = log.open_log(desk.board).epoch

    change(log_id)

    after = log.open_log(desk.board).epoch
    assert after != before
    assert len(after) == 32


def test_a_log_restarts_from_another_document_without_a_hole(desk: Desk, log_id: int) -> None:
    log.append([batch(log_id, 2, b"unreadable")])

    seq = log.restart(log_id, b"good")
    log.append([batch(log_id, seq + 1, b"next")])

    opened = log.open_log(desk.board)
    assert seq == 3
    assert opened.payloads == [b"good", b"next"]
    assert [row.seq for row in log.read_after(log_id, 0)] == [1, 2, 3, 4]
