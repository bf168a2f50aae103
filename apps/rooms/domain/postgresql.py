"""Rows into PostgreSQL by one prepared statement, with its arrays packed by hand.

Measured for 15 rows of 13 logs a commit, PostgreSQL's CPU included, per row: 31 us with the
library's own arrays, 25 with these, 22 without the look at where the logs end. COPY costs as much
as the statement without that look, and cannot look.
"""

import struct
from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Any, TypeAlias
from uuid import UUID

from psycopg import Connection, Cursor
from psycopg.adapt import Buffer, Dumper
from psycopg.pq import Format

Row: TypeAlias = tuple[int, int, UUID | None, datetime, bytes]  # the columns of Update
End: TypeAlias = tuple[int, int]  # a log, the number that its next row must have

INSERT = """
    INSERT INTO rooms_update (log_id, seq, participant_id, at, payload)
    SELECT * FROM unnest(%b::bigint[], %b::bigint[], %b::uuid[], %b::timestamptz[], %b::bytea[])
    WHERE NOT EXISTS (
        SELECT FROM unnest(%b::bigint[], %b::bigint[]) AS next (log_id, seq)
        WHERE next.seq <> 1 + coalesce(
            (SELECT max(seq) FROM rooms_update WHERE log_id = next.log_id), 0
        )
    )
"""
BYTEA, BIGINT, TIMESTAMPTZ, UUID_TYPE = 17, 20, 1184, 2950  # pg_type.oid
NULL = struct.pack(">i", -1)
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)  # what PostgreSQL counts time from
MICROSECOND = timedelta(microseconds=1)


def insert_rows(raw: "Connection[Any]", rows: Sequence[Row], ends: Sequence[End]) -> bool:
    """All the rows; or none, if one of the logs does not end where `ends` says.

    Raises psycopg.errors.UniqueViolation if that changes in this very moment.
    """
    logs, seqs, participants, ats, payloads = zip(*rows, strict=True)
    end_logs, end_seqs = zip(*ends, strict=True)
    columns = [
        _int8s(BIGINT, logs),
        _int8s(BIGINT, seqs),
        _array(UUID_TYPE, [None if one is None else one.bytes for one in participants]),
        _int8s(TIMESTAMPTZ, [(at - EPOCH) // MICROSECOND for at in ats]),
        _array(BYTEA, payloads),
        _int8s(BIGINT, end_logs),
        _int8s(BIGINT, end_seqs),
    ]
    raw.prepare_threshold = 0  # Django switches preparing off, and its own cursors never do it
    with Cursor(raw) as cursor:
        cursor.adapters.register_dumper(_Packed, _PackedDumper)
        cursor.execute(INSERT, columns)
        return cursor.rowcount > 0


class _Packed(bytes):
    """A value in PostgreSQL's binary form; the statement's casts tell its type."""


class _PackedDumper(Dumper):
    format = Format.BINARY
    oid = 0

    def dump(self, obj: _Packed) -> Buffer:
        return obj


def _int8s(element: int, values: Sequence[int]) -> _Packed:
    pairs = chain.from_iterable((8, value) for value in values)
    return _Packed(_header(element, values) + struct.pack(">" + "iq" * len(values), *pairs))


def _array(element: int, values: Sequence[bytes | None]) -> _Packed:
    parts = (NULL if one is None else struct.pack(">i", len(one)) + one for one in values)
    return _Packed(_header(element, values) + b"".join(parts))


def _header(element: int, values: Collection[object]) -> bytes:
    """Of an array: dimensions, whether there are nulls, type; length and first index."""
    return struct.pack(">iiiii", 1, None in values, element, len(values), 1)
