"""Sums up a log, so that opening its document need not go through every row."""

from apps.rooms import reader
from apps.rooms.documents import SCHEMAS, DocumentKey
from apps.rooms.domain.log import save_snapshot
from apps.rooms.domain.quarantine import open_readable, quarantine
from apps.rooms.reader import Unreadable, Want


def make_snapshot(key: DocumentKey) -> int:
    """Keeps the document as the log has it now. Returns the sequence number that it is true for.

    Deleted text is not in it. Several processes may do it at once. Raises Unavailable.
    """
    opened = open_readable(key)
    if opened.rows:
        try:
            reading = reader.read(opened.payloads, SCHEMAS[key.name], {Want.SNAPSHOT})
        except Unreadable as error:
            quarantine(opened.log_id, str(error))
            return open_readable(key).seq
        save_snapshot(opened.log_id, opened.seq, reading.snapshot)
    return opened.seq
