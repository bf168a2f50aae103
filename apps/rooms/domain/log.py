"""The append-only log of each live document: how rows get in, and how they are read.

Sequence numbers of a log start at 1 and have no holes: whoever appends locks the log's head row
(SQLite: the whole database, by an IMMEDIATE transaction) until the commit.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from apps.rooms.documents import DocumentKey
from apps.rooms.models import Head, Snapshot, Update

SNAPSHOTS_KEPT = 3  # of each log; only the latest is read, the others are for a bad day


@dataclass(frozen=True, slots=True)
class Entry:
    """A change to append."""

    payload: bytes
    participant_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """Changes for one log, in order."""

    key: DocumentKey
    entries: Sequence[Entry]


@dataclass(frozen=True, slots=True)
class Tail:
    """Updates in order, and the sequence number that they lead up to."""

    seq: int
    payloads: Sequence[bytes]


def append(batches: Sequence[Batch]) -> list[int]:
    """Appends all batches in one transaction. Returns the first sequence number of each.

    At most one batch a log. Locks are taken in the order of the keys, so that two processes never
    wait for one another.
    """
    first: dict[DocumentKey, int] = {}
    with transaction.atomic():
        for batch in sorted(batches, key=lambda batch: batch.key):
            first[batch.key] = _reserve(batch.key, len(batch.entries))
        Update.objects.bulk_create(
            [row for batch in batches for row in _rows(batch, first[batch.key])]
        )
    return [first[batch.key] for batch in batches]


def _reserve(key: DocumentKey, count: int) -> int:
    """Moves the head on by `count`; the number after the old one is the caller's first."""
    heads = Head.objects.select_for_update()
    head, _ = heads.get_or_create(design_id=key.design_id, document=key.name)
    Head.objects.filter(id=head.id).update(seq=head.seq + count)
    return head.seq + 1


def _rows(batch: Batch, first: int) -> Iterable[Update]:
    for seq, entry in enumerate(batch.entries, start=first):
        yield Update(
            design_id=batch.key.design_id,
            document=batch.key.name,
            seq=seq,
            participant_id=entry.participant_id,
            payload=entry.payload,
        )


def read_whole(key: DocumentKey) -> Tail:
    """The last snapshot and what came after it."""
    snapshot = _snapshots(key).first()
    if snapshot is None:
        return read_after(key, 0)
    tail = read_after(key, snapshot.seq)
    return Tail(tail.seq, [bytes(snapshot.payload), *tail.payloads])


def read_after(key: DocumentKey, seq: int, before: int | None = None) -> Tail:
    """The updates seq+1, seq+2, … up to the end of the log, or to before-1."""
    rows = Update.objects.filter(design_id=key.design_id, document=key.name, seq__gt=seq)
    if before is not None:
        rows = rows.filter(seq__lt=before)
    found = list(rows.order_by("seq").values_list("seq", "payload"))
    return Tail(found[-1][0] if found else seq, [bytes(payload) for _, payload in found])


def last_seq(key: DocumentKey) -> int:
    head = Head.objects.filter(design_id=key.design_id, document=key.name).first()
    return head.seq if head else 0


def save_snapshot(key: DocumentKey, seq: int, payload: bytes) -> None:
    """Keeps the whole document as of `seq`. The rows it sums up stay: they are the history."""
    Snapshot.objects.get_or_create(
        design_id=key.design_id, document=key.name, seq=seq, defaults={"payload": payload}
    )
    outdated = [snapshot.pk for snapshot in _snapshots(key).only("pk")[SNAPSHOTS_KEPT:]]
    Snapshot.objects.filter(pk__in=outdated).delete()


def _snapshots(key: DocumentKey) -> QuerySet[Snapshot]:
    """The latest first."""
    return Snapshot.objects.filter(design_id=key.design_id, document=key.name).order_by("-seq")
