"""Rows of a log, as if another process had stored them."""

from apps.rooms import reader
from apps.rooms.documents import SCHEMAS, DocumentKey
from apps.rooms.domain import log
from apps.rooms.domain.log import Batch, Entry
from apps.rooms.reader import Want


def append_rows(key: DocumentKey, *entries: Entry) -> None:
    """At the end of the log, wherever that is."""
    log_id = log.find_log(key)
    assert not log.append([Batch(log_id, log.last_seq(log_id) + 1, entries)])


def count_rows(key: DocumentKey) -> int:
    return log.last_seq(log.find_log(key))


def sum_up(key: DocumentKey) -> int:
    """Makes a snapshot as a room does. Returns the sequence number that it is true for."""
    opened = log.open_log(key)
    reading = reader.read(opened.payloads, SCHEMAS[key.name], {Want.SNAPSHOT})
    log.save_snapshot(opened.log_id, opened.seq, reading.snapshot)
    return opened.seq
