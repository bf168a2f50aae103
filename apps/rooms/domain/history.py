"""What happened on a board: page by page, to be played again, and what it said at one moment.

Of the shared document only; the private one is never replayed. Guests see what is still there.
"""

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from apps.core.errors import Conflict, NotFound
from apps.designs.document.live import LiveContent
from apps.rooms import reader
from apps.rooms.documents import SCHEMAS, DocumentKey, DocumentName
from apps.rooms.domain.log import Row, last_seq, read_after
from apps.rooms.domain.quarantine import open_readable
from apps.rooms.domain.reading import NotReadNow
from apps.rooms.models import Log, Update
from apps.rooms.reader import Want
from apps.rooms.room.redaction import Unreadable, Visible, redact, visible_in

PAGE_ROWS_MAX = 2000
PAGE_BYTES_MAX = 4 * 2**20  # of updates; one row at least is on a page, however large
ROWS_AT_ONCE = 200  # read into memory
NOT_READ = "The session could not be read just now. Nothing is lost. Try again in a moment."


class Page(NamedTuple):
    """last: the end of the log when it was read; there is more if the rows do not reach it.

    epoch: changes when the store was restored. Pages of two epochs do not fit together.
    """

    epoch: str
    last: int
    rows: list[Row]


def read_page(design_id: UUID, after: int, limit: int, *, is_redacted: bool) -> Page:
    """The rows after+1, after+2, …: `limit` of them, or fewer if they are large.

    Redacted, nothing that is deleted at the end of the log is in it. Raises Conflict if that
    cannot be told, NotReadNow if it cannot be told at this moment.
    """
    log = Log.objects.get(design=design_id, document=DocumentName.BOARD)
    last = _end_of(log)
    rows = _rows_after(log, after, last, limit)
    return Page(log.epoch, last, _redacted(log, last, rows) if is_redacted else rows)


def begun_at(design_id: UUID) -> datetime | None:
    """When the first change was made: the second 0 of the replay."""
    rows = Update.objects.filter(log__design_id=design_id, log__document=DocumentName.BOARD)
    return rows.order_by("seq").values_list("at", flat=True).first()


def content_at(design_id: UUID, seq: int) -> LiveContent:
    """What the board and notes said when their log was `seq` rows long, as the replay shows it.

    Raises NotFound if it never was, Conflict if that cannot be read, NotReadNow.
    """
    log = Log.objects.get(design=design_id, document=DocumentName.BOARD)
    if not 0 < seq <= _end_of(log):
        raise NotFound(f"This session has no state {seq}.")
    payloads = [row.payload for row in _each_row(log, 0, seq)]
    try:
        return reader.read(payloads, SCHEMAS[DocumentName.BOARD], {Want.CONTENT}).content
    except reader.Unreadable as error:
        raise Conflict("This state of the session cannot be read.") from error
    except reader.ReaderFailed as error:
        raise NotReadNow(NOT_READ) from error


def _end_of(log: Log) -> int:
    """What cannot be read cannot be played: opening it could freeze a browser too."""
    return (log.good_seq or 0) if log.quarantine else last_seq(log.id)


def _rows_after(log: Log, after: int, until: int, limit: int) -> list[Row]:
    rows, size = list[Row](), 0
    for row in _each_row(log, after, until):
        size += len(row.payload)
        if len(rows) == limit or (rows and size > PAGE_BYTES_MAX):
            break
        rows.append(row)
    return rows


def _each_row(log: Log, after: int, until: int) -> Iterator[Row]:
    """Without those that the document did not go on from after it was unreadable."""
    for start in range(after, until, ROWS_AT_ONCE):
        for row in read_after(log.id, start, before=min(start + ROWS_AT_ONCE, until) + 1):
            if not log.leaves_out(row.seq):
                yield row


def _redacted(log: Log, last: int, rows: list[Row]) -> list[Row]:
    if not rows:
        return []
    key = DocumentKey(log.design_id, DocumentName.BOARD)
    try:
        visible = _visible_at(key, (log.epoch, log.quarantine, last))
        return [row._replace(payload=redact(row.payload, visible)) for row in rows]
    except (Unreadable, reader.Unreadable) as error:
        raise Conflict("This session cannot be replayed: a part of it is unreadable.") from error
    except reader.ReaderFailed as error:
        raise NotReadNow(NOT_READ) from error


@lru_cache(maxsize=32)
def _visible_at(key: DocumentKey, _state: tuple[str, str, int]) -> Visible:
    """What is there at the end of the log. By its state, so that all pages share it."""
    payloads = open_readable(key).payloads
    reading = reader.read(payloads, SCHEMAS[key.name], {Want.SNAPSHOT})
    return visible_in(reading.snapshot)
