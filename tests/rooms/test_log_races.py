"""Several processes append to the same logs: nothing is lost, doubled or torn apart.

Threads stand for processes: each has a connection of its own to PostgreSQL.
"""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import TypeVar
from uuid import UUID

import psycopg
import pytest
from django.db import connection
from django.db.utils import OperationalError

from apps.core.ids import new_id
from apps.rooms.documents import DocumentKey, DocumentName
from apps.rooms.domain import inserting, log
from apps.rooms.domain.log import Batch, Entry, ForeignClient
from tests.rooms.desk import Desk, new_desk

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
Result = TypeVar("Result")

PROCESSES = 4
ROUNDS = 60


@pytest.fixture
def desk() -> Desk:
    return new_desk()


@pytest.fixture
def log_ids(desk: Desk) -> list[int]:
    keys = (desk.board, DocumentKey(desk.id, DocumentName.PRIVATE), new_desk().board)
    return [log.find_log(key) for key in keys]


def at_once(work: Callable[[int], Result]) -> list[Result]:
    """Runs work(0), work(1), … in as many processes, which begin together."""
    start = threading.Barrier(PROCESSES)

    def run(number: int) -> Result:
        try:
            start.wait()
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(PROCESSES) as pool:
        return list(pool.map(run, range(PROCESSES)))


class Process:
    """Appends to several logs, in a random order, from ends that may be out of date."""

    def __init__(self, seed: int, number: int, log_ids: list[int]) -> None:
        self._random = Random(f"{seed}.{number}")
        self._name = f"{seed}.{number}"
        self._me = UUID(int=number + 1)
        self._ends = dict.fromkeys(log_ids, 1)
        self._client = number * 10**6  # the next client id that is new
        self.stored: list[Batch] = []
        self.overtaken = 0

    def run(self) -> "Process":
        for number in range(ROUNDS):
            self._append([self._batch(log_id, number) for log_id in self._some_logs()])
        return self

    def _some_logs(self) -> list[int]:
        return self._random.sample(list(self._ends), self._random.randint(1, len(self._ends)))

    def _batch(self, log_id: int, number: int) -> Batch:
        entries = [
            Entry(f"{self._name} {number} {part}".encode(), self._me, self._maybe_new_client())
            for part in range(self._random.randint(1, 4))
        ]
        return Batch(log_id, self._ends[log_id] + 1, entries)

    def _maybe_new_client(self) -> tuple[int, ...]:
        if self._random.random() < 0.8:
            return ()
        self._client += 1
        return (self._client,)

    def _append(self, batches: list[Batch]) -> None:
        overtaken = log.append(batches)
        self.overtaken += len(overtaken)
        for batch in batches:
            if batch.log_id in overtaken:
                # Sometimes it takes long to hear of it.
                if self._random.random() < 0.7:
                    self._ends[batch.log_id] = log.last_seq(batch.log_id)
            else:
                self.stored.append(batch)
                self._ends[batch.log_id] = batch.last_seq


@pytest.mark.parametrize("seed", range(3))
def test_rows_of_all_processes_are_there_once_and_in_order(seed: int, log_ids: list[int]) -> None:
    processes = at_once(lambda number: Process(seed, number, log_ids).run())

    assert sum(process.overtaken for process in processes) > 0
    for log_id in log_ids:
        batches = [one for each in processes for one in each.stored if one.log_id == log_id]
        expected = [
            (batch.first_seq + place, entry.participant_id, entry.payload)
            for batch in sorted(batches, key=lambda batch: batch.first_seq)
            for place, entry in enumerate(batch.entries)
        ]
        rows = log.read_after(log_id, 1)
        assert [(row.seq, row.participant_id, row.payload) for row in rows] == expected
        assert [row.seq for row in rows] == list(range(2, len(rows) + 2))


@pytest.mark.parametrize("seed", range(3))
def test_an_id_that_all_claim_at_once_gets_one_owner(seed: int, log_ids: list[int]) -> None:
    """Each goes on behind the others until it is the owner, or is told that it is not."""

    def claim(number: int) -> bool:
        me, log_id = UUID(int=number + 1), log_ids[seed % len(log_ids)]
        while True:
            batch = Batch(log_id, log.last_seq(log_id) + 1, [Entry(me.bytes, me, (99,))])
            try:
                if not log.append([batch]):
                    return True
            except ForeignClient:
                return False

    won = at_once(claim)

    [row] = log.read_after(log_ids[seed % len(log_ids)], 1)
    assert won.count(True) == 1
    assert row.participant_id == UUID(int=won.index(True) + 1)


def test_a_batch_that_waits_for_another_process_is_overtaken_by_it(
    desk: Desk, log_ids: list[int]
) -> None:
    """The other has inserted but not yet committed, so that looking first does not help."""
    settings = connection.settings_dict
    log_id, other_id = log_ids[0], log_ids[2]
    row = "INSERT INTO rooms_update (log_id, seq, at, payload) VALUES (%s, 2, now(), 'x')"
    with psycopg.connect(
        host=settings["HOST"], user=settings["USER"], dbname=settings["NAME"]
    ) as faster:
        faster.execute(row, [log_id])
        with ThreadPoolExecutor(1) as pool:
            appending = pool.submit(
                _append_and_close,
                [Batch(log_id, 2, [Entry(b"a")]), Batch(other_id, 2, [Entry(b"b")])],
            )
            _wait_until_somebody_waits()
            faster.commit()
            overtaken = appending.result(timeout=20)

    assert overtaken == {log_id}
    assert [row.payload for row in log.read_after(log_id, 1)] == [b"x"]
    assert [row.payload for row in log.read_after(other_id, 1)] == [b"b"]


def _append_and_close(batches: list[Batch]) -> frozenset[int]:
    try:
        return log.append(batches)
    finally:
        connection.close()


def _wait_until_somebody_waits() -> None:
    query = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    with connection.cursor() as cursor:
        while True:
            cursor.execute(query)
            if cursor.fetchone()[0]:
                return


def test_a_batch_whose_commit_was_not_heard_of_is_stored_once(
    log_ids: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection breaks between the commit and its answer."""
    once = [Batch(log_id, 2, [Entry(b"a", new_id(), (7,)), Entry(b"b")]) for log_id in log_ids]
    insert = inserting.insert

    def unheard(batches: list[Batch]) -> bool:
        insert(batches)
        raise OperationalError("the connection is lost")

    with monkeypatch.context() as broken:
        broken.setattr(log, "insert", unheard)
        with pytest.raises(OperationalError):
            log.append(once)

    assert log.append(once) == frozenset()
    for log_id in log_ids:
        assert [row.payload for row in log.read_after(log_id, 1)] == [b"a", b"b"]
