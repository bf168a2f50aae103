"""The design document as it is now, read from the stored log: the same in every process.

The reader's child opens it, never this process: see `apps.rooms.reader`.
"""

from functools import lru_cache
from threading import Lock
from typing import NamedTuple

from apps.core.errors import NinestepError
from apps.designs.document.live import LiveContent, compose
from apps.designs.document.types import DesignDocument
from apps.designs.domain.heading import header_of
from apps.designs.domain.step_states import with_states
from apps.designs.models import DesignSession
from apps.rooms import reader
from apps.rooms.documents import SCHEMAS, DocumentKey, DocumentName
from apps.rooms.domain.log import last_seq, logs_of
from apps.rooms.domain.quarantine import in_quarantine, open_readable, quarantine
from apps.rooms.reader import ReaderFailed, Reading, Unreadable, Want

NOT_WHOLE = "This board cannot be read to its end. This is its last good state; nothing is deleted."


class NotReadNow(NinestepError):
    """The document may be fine. It was not read, because this machine is short of something."""

    code = "unavailable"


def current_document(design: DesignSession) -> tuple[DesignDocument, int]:
    """The document, and the sequence number of the log that it is true for.

    Of a board in quarantine, its last good state: see `note_on`. Raises NotReadNow.
    """
    try:
        content, seq = _content(DocumentKey(design.id, DocumentName.BOARD))
    except ReaderFailed as error:
        raise NotReadNow(
            "The board could not be read just now. Everything is kept. Try again in a moment."
        ) from error
    return with_states(compose(header_of(design), content), design), seq


def current_seq(design: DesignSession) -> int:
    """Of the last stored change of the board and notes; reads no document."""
    return _state_of(DocumentKey(design.id, DocumentName.BOARD)).seq


def forget_readings() -> None:
    """What this process remembers of all documents, so that what was erased is gone from it."""
    _reading_at.cache_clear()


def note_on(design: DesignSession) -> str:
    """What has to be said beside the current document, or nothing."""
    return NOT_WHOLE if in_quarantine(design.id, DocumentName.BOARD) else ""


class _State(NamedTuple):
    """What a log says at a moment. Within one epoch, the same number means the same document."""

    log_id: int
    epoch: str
    quarantine: str
    seq: int


def _content(key: DocumentKey) -> tuple[LiveContent, int]:
    state = _state_of(key)
    with _turn(state.log_id):
        try:
            reading, seq = _reading_at(key, state)
        except Unreadable as error:
            quarantine(state.log_id, str(error))
            reading, seq = _reading_at(key, _state_of(key))
    return reading.content, seq


def _state_of(key: DocumentKey) -> _State:
    log_id, epoch, reason = logs_of(key).values_list("id", "epoch", "quarantine").get()
    return _State(log_id, epoch, reason, last_seq(log_id))


@lru_cache(maxsize=1024)
def _turn(_log_id: int) -> Lock:
    """Who holds it reads this document; others wait, and find it read."""
    return Lock()


@lru_cache(maxsize=64)
def _reading_at(key: DocumentKey, _state: _State) -> tuple[Reading, int]:
    """What the log says in that state, or a little later if it goes on meanwhile."""
    opened = open_readable(key)
    return reader.read(opened.payloads, SCHEMAS[key.name], {Want.CONTENT}), opened.seq
