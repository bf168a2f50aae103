"""How batches become rows: at the end of their logs, and all of them or none.

PostgreSQL gets one prepared statement on the raw connection, which commits by itself: most of what
a commit costs is what surrounds the rows. SQLite has one writer at a time, and gets the same in an
IMMEDIATE transaction.
"""

import sqlite3
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

END_ON_SQLITE = "SELECT coalesce(max(seq), 0) FROM rooms_update WHERE log_id = ?"
ON_SQLITE = """
    INSERT INTO rooms_update (log_id, seq, participant_id, at, payload) VALUES (?, ?, ?, ?, ?)
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
    if is_single and not connection.in_atomic_block:
        return nullcontext()
    return transaction.atomic()


def _insert_rows(batches: Sequence[Batch]) -> bool:
    connection.ensure_connection()
    insert_rows = _insert_on_sqlite if connection.vendor == "sqlite" else _insert_on_postgresql
    with connection.wrap_database_errors:
        return insert_rows(connection.connection, batches)


def _insert_on_postgresql(raw: Any, batches: Sequence[Batch]) -> bool:
    # Here, so that an installation on SQLite does not load the other database's library.
    from apps.rooms.domain import postgresql

    ends = [(batch.log_id, batch.first_seq) for batch in batches]
    return postgresql.insert_rows(raw, list(_rows(batches)), ends)


def _insert_on_sqlite(raw: sqlite3.Connection, batches: Sequence[Batch]) -> bool:
    for batch in batches:
        (end,) = raw.execute(END_ON_SQLITE, [batch.log_id]).fetchone()
        if end != batch.first_seq - 1:
            return False
    raw.executemany(
        ON_SQLITE,
        [
            (log_id, seq, participant and participant.hex, _text(at), payload)
            for log_id, seq, participant, at, payload in _rows(batches)
        ],
    )
    return True


def _text(at: datetime) -> str:
    """As Django stores a time on SQLite."""
    return str(at.astimezone(UTC).replace(tzinfo=None))


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
