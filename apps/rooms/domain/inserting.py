"""How batches become rows: at the end of their logs, and all of them or none.

PostgreSQL gets one prepared statement on the raw connection, which commits by itself: most of what
a commit costs is what surrounds the rows. SQLite has one writer at a time, and gets the same in an
IMMEDIATE transaction.
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from typing import Any, TypeAlias
from uuid import UUID

from django.db import connection, transaction
from django.db.utils import IntegrityError

from apps.rooms.domain.batches import Batch, ForeignClient
from apps.rooms.models import Author

Row: TypeAlias = tuple[int, int, UUID | None, datetime, bytes]  # the columns of Update

END_ON_SQLITE = "SELECT coalesce(max(seq), 0) FROM rooms_update WHERE log_id = %s"
ON_SQLITE = """
    INSERT INTO rooms_update (log_id, seq, participant_id, at, payload) VALUES (%s, %s, %s, %s, %s)
"""


def insert(batches: Sequence[Batch]) -> bool:
    """Stores all the batches, or none if one does not begin just where its log ends.

    Batches come sorted by log, so that two processes never wait for one another.
    Raises ForeignClient; then nothing is stored either.
    """
    try:
        with _one_commit(batches):
            return _insert_rows(batches) and _claim_clients(batches)
    except IntegrityError:  # somebody has put a row there in this very moment
        return False


def _one_commit(batches: Sequence[Batch]) -> AbstractContextManager[Any]:
    """A single statement is a transaction of its own, and cheaper than one in a block."""
    is_single = connection.vendor == "postgresql" and not any(_new_clients(batches))
    return nullcontext() if is_single and not connection.in_atomic_block else transaction.atomic()


def _insert_rows(batches: Sequence[Batch]) -> bool:
    insert_rows = _insert_on_sqlite if connection.vendor == "sqlite" else _insert_on_postgresql
    return insert_rows(batches)


def _insert_on_postgresql(batches: Sequence[Batch]) -> bool:
    # Here, so that an installation on SQLite does not load the other database's library.
    from apps.rooms.domain import postgresql

    ends = [(batch.log_id, batch.first_seq) for batch in batches]
    connection.ensure_connection()
    with connection.wrap_database_errors:
        return postgresql.insert_rows(connection.connection, list(_rows(batches)), ends)


def _insert_on_sqlite(batches: Sequence[Batch]) -> bool:
    adapt = connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:
        for batch in batches:
            cursor.execute(END_ON_SQLITE, [batch.log_id])
            if cursor.fetchone()[0] != batch.first_seq - 1:
                return False
        cursor.executemany(
            ON_SQLITE,
            [
                (log_id, seq, participant and participant.hex, adapt(at), payload)
                for log_id, seq, participant, at, payload in _rows(batches)
            ],
        )
    return True


def _rows(batches: Sequence[Batch]) -> Iterator[Row]:
    now = datetime.now(UTC)
    for batch in batches:
        for seq, entry in enumerate(batch.entries, start=batch.first_seq):
            yield batch.log_id, seq, entry.participant_id, entry.at or now, entry.payload


def _claim_clients(batches: Sequence[Batch]) -> bool:
    """Notes whom the new client ids belong to. Another process may have noted it first."""
    claims = list(_new_clients(batches))
    if not claims:
        return True
    Author.objects.bulk_create(
        [
            Author(log_id=log_id, client=client, participant_id=owner)
            for log_id, client, owner in sorted(claims, key=lambda claim: claim[:2])
        ],
        ignore_conflicts=True,
    )
    authors = Author.objects.filter(log_id__in={log_id for log_id, _, _ in claims})
    owners = dict(authors.values_list("pk", "participant_id"))
    for log_id, client, owner in claims:
        if owners[log_id, client] != owner:
            raise ForeignClient(log_id, client)
    return True


def _new_clients(batches: Sequence[Batch]) -> Iterator[tuple[int, int, UUID | None]]:
    for batch in batches:
        for entry in batch.entries:
            for client in entry.new_clients:
                yield batch.log_id, client, entry.participant_id
