"""What becomes of a document that cannot be read: its last good state is shown, nothing is deleted.

A log in quarantine takes no changes. Its newest snapshot is its last good state, as of `good_seq`;
the rows after it are kept, and nobody opens them. Its owner may let it go on: `domain.recovery`.
"""

import logging
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple
from uuid import UUID

from django.db import transaction

from apps.core.events import Audience, publish
from apps.core.json import JsonObject
from apps.rooms.documents import SCHEMAS, DocumentKey, DocumentName
from apps.rooms.domain.log import EMPTY_UPDATE, Opened, open_log, read_after, save_snapshot
from apps.rooms.models import Log, Snapshot
from apps.rooms.reader import Reader, Unreadable, Want, current_limits
from apps.rooms.room.ledger import Ledger, Unacceptable
from apps.rooms.room.schema import Schema

# Less than for a reader: several tries may hang until the row that is to blame is found.
PROBE_CPU_S: Final = 5.0
FIT_TO_SHOW: Final = frozenset({Want.CONTENT, Want.SNAPSHOT})

logger = logging.getLogger(__name__)


class Good(NamedTuple):
    """A state that can be read. seq: its last row. is_whole: no row comes after it."""

    seq: int
    snapshot: bytes
    is_whole: bool


def open_readable(key: DocumentKey) -> Opened:
    """The log as `open_log` gives it; of one in quarantine, its last good state."""
    opened = open_log(key)
    return replace(opened, rows=[]) if opened.quarantine else opened


def quarantine(log_id: int, reason: str) -> None:
    """To be called when a document was found unreadable. Mends what can be mended.

    Takes seconds, by the clock of the reader: not for a thread that others wait for. Several
    processes may do it at once; the owner is told once.
    """
    log = Log.objects.get(id=log_id)
    if log.quarantine:
        return
    good = _last_good(log)
    _make_latest(log, good)
    if good.is_whole:
        logger.error("%s was unreadable (%s). Its snapshot was made anew.", log, reason)
        return
    marked = Log.objects.filter(id=log_id, epoch=log.epoch, quarantine="")
    if marked.update(quarantine=reason, good_seq=good.seq):
        logger.error("%s is unreadable after row %d: %s", log, good.seq, reason)
        _tell(log)


def in_quarantine(design_id: UUID, document: DocumentName | None = None) -> list[DocumentName]:
    """Which of a design's documents show their last good state only."""
    names = {key.name for key in quarantined_keys(design_id)}
    return sorted(names & {document} if document else names)


def quarantined_keys(design_id: UUID) -> list[DocumentKey]:
    """The same, with those that are somebody's own apart."""
    return [log.key for log in Log.objects.filter(design=design_id).exclude(quarantine="")]


def _tell(log: Log) -> None:
    body: JsonObject = {"document": log.document}
    publish(log.design_id, Audience.INTERVIEWERS, "document.quarantined", body)


def _make_latest(log: Log, good: Good) -> None:
    """Unreadable snapshots go: the rows that they sum up are all there."""
    with transaction.atomic():
        Snapshot.objects.filter(log=log, seq__gte=good.seq).delete()
        save_snapshot(log.id, good.seq, good.snapshot)


# Looking for it


def _last_good(log: Log) -> Good:
    """The longest beginning of the log that can be read, from the newest snapshot that can."""
    reader = Reader(replace(current_limits(), cpu_s=PROBE_CPU_S))
    try:
        return next(filter(None, (_good_from(reader, log, *base) for base in _bases(log))))
    finally:
        reader.close()


def _bases(log: Log) -> Iterator[tuple[int, bytes]]:
    """The snapshots, the newest first; at last nothing, upon which all rows come."""
    found = Snapshot.objects.filter(log=log).order_by("-seq").values_list("seq", "payload")
    for seq, payload in found:
        yield seq, bytes(payload)
    yield 0, EMPTY_UPDATE


def _good_from(reader: Reader, log: Log, base_seq: int, base: bytes) -> Good | None:
    """The longest beginning of the rows after this snapshot; None if it is unreadable itself."""
    rows = [row for row in read_after(log.id, base_seq) if not log.leaves_out(row.seq)]
    payloads = [base, *(row.payload for row in rows)]
    schema = SCHEMAS[DocumentName(log.document)]
    snapshots: dict[int, bytes] = {}

    def is_unreadable(count: int) -> bool:
        try:
            snapshots[count] = reader.read(payloads[:count], schema, FIT_TO_SHOW).snapshot
        except Unreadable:
            return True
        return False

    count = _acceptable(schema, payloads)
    if count and is_unreadable(count):
        # What is unreadable at some row is so at every later one.
        count = bisect_left(range(1, count), True, key=is_unreadable)
    if not count:
        return None
    seq = rows[count - 2].seq if count > 1 else base_seq
    return Good(seq, snapshots[count], is_whole=count == len(payloads))


def _acceptable(schema: Schema, payloads: Sequence[bytes]) -> int:
    """How many of them, from the first one, a room would take in. No room opens with others."""
    ledger = Ledger(schema)
    for count, payload in enumerate(payloads):
        try:
            ledger.add_stored(payload, None)
        except Unacceptable:
            return count
    return len(payloads)
