"""The append-only log of each live document: how it is opened, appended to and summed up.

The rows are the truth. Their numbers start at 1 and have no holes; a log ends where its last row
is. Whoever appends says which number comes next, and learns if somebody else was faster.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Max, OuterRef, QuerySet, Subquery

from apps.rooms.documents import DocumentKey
from apps.rooms.domain.batches import Batch, Entry, ForeignClient, LogGone, RowsMissing, Unfit
from apps.rooms.domain.inserting import insert
from apps.rooms.models import Author, Log, Snapshot, Update, new_epoch

__all__ = [
    "Batch",
    "Entry",
    "ForeignClient",
    "LogGone",
    "Opened",
    "Row",
    "RowsMissing",
    "Unfit",
    "append",
    "begin_epoch",
    "find_log",
    "last_seq",
    "logs_of",
    "open_log",
    "places_of",
    "read_after",
    "restart",
    "save_snapshot",
]

SNAPSHOTS_KEPT = 3  # of each log; only the latest is read, the others are for a bad day
EMPTY_UPDATE = b"\0\0"  # Yjs: structs of no client, deletions of no client


class Row(NamedTuple):
    seq: int
    participant_id: UUID | None
    at: datetime
    payload: bytes


@dataclass(frozen=True, slots=True)
class Opened:
    """What a room needs to begin.

    base: the last snapshot, as of base_seq (None and 0: there is none yet). rows: those after it.
    owners: whom the client ids used so far belong to.
    """

    log_id: int
    epoch: str
    base_seq: int
    base: bytes | None
    rows: list[Row]
    owners: dict[int, UUID | None]
    quarantine: str

    @property
    def seq(self) -> int:
        return self.rows[-1].seq if self.rows else self.base_seq

    @property
    def payloads(self) -> list[bytes]:
        """The whole document, as updates in order."""
        base = [] if self.base is None else [self.base]
        return base + [row.payload for row in self.rows]


# Reading


def find_log(key: DocumentKey) -> int:
    """Raises Log.DoesNotExist."""
    return logs_of(key).values_list("id", flat=True).get()


def logs_of(key: DocumentKey) -> QuerySet[Log]:
    """The one log of a document, if it is there."""
    return Log.objects.filter(design=key.design_id, document=key.name, owner=key.owner_id)


def open_log(key: DocumentKey) -> Opened:
    """Three queries, and no row that a snapshot sums up. Raises Log.DoesNotExist."""
    latest = _snapshots(OuterRef("id"))
    log_id, epoch, quarantine, base_seq, base = (
        logs_of(key)
        .values_list(
            "id",
            "epoch",
            "quarantine",
            Subquery(latest.values("seq")[:1]),
            Subquery(latest.values("payload")[:1]),
        )
        .get()
    )
    rows = read_after(log_id, base_seq or 0)
    # After the rows: whoever wrote one of them is among the owners.
    owners: dict[int, UUID | None] = dict(
        Author.objects.filter(log=log_id).values_list("client", "participant_id")
    )
    base = None if base is None else bytes(base)
    return Opened(log_id, epoch, base_seq or 0, base, rows, owners, quarantine)


def read_after(log_id: int, seq: int, before: int | None = None) -> list[Row]:
    """The rows seq+1, seq+2, … up to the end of the log, or to before-1."""
    rows = Update.objects.filter(log=log_id, seq__gt=seq)
    if before is not None:
        rows = rows.filter(seq__lt=before)
    found = rows.order_by("seq").values_list("seq", "participant_id", "at", "payload")
    return [Row(number, who, at, bytes(payload)) for number, who, at, payload in found]


def last_seq(log_id: int) -> int:
    """0 if there is no row."""
    return Update.objects.filter(log=log_id).aggregate(last=Max("seq"))["last"] or 0


def places_of(log_ids: Collection[int]) -> dict[int, tuple[str, int]]:
    """The epoch and the last row of each log that is there, in one query."""
    last = Update.objects.filter(log=OuterRef("id")).order_by("-seq").values("seq")[:1]
    logs = Log.objects.filter(id__in=log_ids)
    found = logs.values_list("id", "epoch", Subquery(last))
    return {log_id: (epoch, seq or 0) for log_id, epoch, seq in found}


# Appending


def append(batches: Sequence[Batch]) -> frozenset[int]:
    """Stores the batches in one transaction, each whole; at most one a log.

    Returns the logs that somebody else has gone on with meanwhile: nothing of their batches is
    stored; read on, then try again. What an earlier attempt has stored without our hearing of it
    counts as stored. Raises Unfit if a batch can never be stored; then nothing is, of any log.
    """
    left = sorted(batches, key=lambda batch: batch.log_id)
    overtaken: set[int] = set()
    while left and not insert(left):
        late = _late(left)
        overtaken |= {batch.log_id for batch in late if not _is_stored(batch)}
        left = [batch for batch in left if batch not in late]
    return frozenset(overtaken)


def _late(batches: Sequence[Batch]) -> list[Batch]:
    """Those whose first number is taken; one at least, or somebody is at fault."""
    last = Update.objects.filter(log=OuterRef("id")).order_by("-seq").values("seq")[:1]
    logs = Log.objects.filter(id__in=[batch.log_id for batch in batches])
    ends = dict(logs.values_list("id", Subquery(last)))
    for batch in batches:
        if batch.log_id not in ends:
            raise LogGone(batch.log_id)
        if (end := ends[batch.log_id] or 0) < batch.first_seq - 1:
            raise RowsMissing(batch, end)
    return [batch for batch in batches if (ends[batch.log_id] or 0) >= batch.first_seq]


def _is_stored(batch: Batch) -> bool:
    """Whether the rows there are these very ones: a connection may break after the commit."""
    stored = read_after(batch.log_id, batch.first_seq - 1, before=batch.last_seq + 1)
    return [(row.participant_id, row.payload) for row in stored] == [
        (entry.participant_id, entry.payload) for entry in batch.entries
    ]


# Snapshots and epochs


def save_snapshot(log_id: int, seq: int, payload: bytes) -> None:
    """Keeps the whole document as of `seq`. The rows it sums up stay: they are the history."""
    Snapshot.objects.get_or_create(log_id=log_id, seq=seq, defaults={"payload": payload})
    outdated = [snapshot.pk for snapshot in _snapshots(log_id).only("pk")[SNAPSHOTS_KEPT:]]
    Snapshot.objects.filter(pk__in=outdated).delete()


def begin_epoch(log_id: int) -> str:
    """From now on, what clients have of this document may not be merged into it."""
    epoch = new_epoch()
    Log.objects.filter(id=log_id).update(epoch=epoch)
    return epoch


def restart(log_id: int, payload: bytes) -> int:
    """Lets the log go on from another document than its rows make, in a new epoch.

    An empty change gives the snapshot a number of its own. Returns that number.
    """
    with transaction.atomic():
        seq = last_seq(log_id) + 1
        if append([Batch(log_id, seq, [Entry(EMPTY_UPDATE)])]):
            return restart(log_id, payload)
        save_snapshot(log_id, seq, payload)
        begin_epoch(log_id)
    return seq


def _snapshots(log_id: int | OuterRef) -> QuerySet[Snapshot]:
    """The latest first."""
    return Snapshot.objects.filter(log=log_id).order_by("-seq")
