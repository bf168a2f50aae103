"""How a room begins: from the last snapshot of its log and the rows after it."""

from apps.rooms.documents import SCHEMAS, DocumentKey, DocumentName
from apps.rooms.domain.log import Opened
from apps.rooms.domain.quarantine import open_readable, quarantine
from apps.rooms.room.ledger import Change, Ledger, Unacceptable
from apps.rooms.room.protocol import Refusal
from apps.rooms.room.room import Room
from apps.rooms.room.timeline import Timeline


def load(key: DocumentKey, is_alone: bool) -> tuple[int, Room]:
    """The room, and the id of its log. Raises Log.DoesNotExist.

    In quarantine, what was good of a document is shown, and nobody may write.
    """
    opened = open_readable(key)
    try:
        return opened.log_id, _room(key, opened, is_alone)
    except Unacceptable as error:
        quarantine(opened.log_id, str(error))
        return opened.log_id, _room(key, open_readable(key), is_alone)


def _room(key: DocumentKey, opened: Opened, is_alone: bool) -> Room:
    ledger = Ledger(SCHEMAS[key.name], opened.owners)
    base = None if opened.base is None else ledger.add_base(opened.base)
    timeline = Timeline(base, opened.base_seq)
    timeline.append([ledger.add_stored(row.payload, row.participant_id) for row in opened.rows])
    refusal = Refusal.QUARANTINED if opened.quarantine else None
    return Room(opened.epoch, ledger, timeline, is_alone=is_alone, refusal=refusal)


def summed_up(name: DocumentName, snapshot: bytes) -> Change:
    """A snapshot as a room keeps it. Raises Unacceptable."""
    return Ledger(SCHEMAS[name]).add_base(snapshot)
