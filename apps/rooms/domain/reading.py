"""The design document as it is now, read from the stored log: the same in every process.

The reader's child opens it, never this process: see `apps.rooms.reader`.
"""

from functools import lru_cache
from threading import Lock
from uuid import UUID

from apps.designs.document.live import compose
from apps.designs.document.types import DesignDocument
from apps.designs.domain.heading import header_of
from apps.designs.models import DesignSession
from apps.rooms import reader
from apps.rooms.documents import ROOTS, DocumentKey, DocumentName
from apps.rooms.domain.log import find_log, last_seq, open_log
from apps.rooms.reader import Reading, Want


def current_document(design: DesignSession) -> tuple[DesignDocument, int]:
    """The document, and the sequence number of the log that it is true for."""
    seq = last_seq(find_log(DocumentKey(design.id, DocumentName.BOARD)))
    with _turn(design.id):
        reading, seq = _reading_at(design.id, seq)
    return compose(header_of(design), reading.content), seq


@lru_cache(maxsize=1024)
def _turn(_design_id: UUID) -> Lock:
    """Who holds it reads this board; others wait, and find it read."""
    return Lock()


@lru_cache(maxsize=64)
def _reading_at(design_id: UUID, _at_least: int) -> tuple[Reading, int]:
    """What the log says at `_at_least`, or a little later if it goes on meanwhile."""
    opened = open_log(DocumentKey(design_id, DocumentName.BOARD))
    roots = ROOTS[DocumentName.BOARD]
    return reader.read(opened.payloads, roots, {Want.CONTENT}), opened.seq
