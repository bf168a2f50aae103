"""The design document as it is now, read from the stored log: the same in every process."""

from copy import deepcopy
from functools import lru_cache
from uuid import UUID

from apps.designs.document.live import LiveContent, compose, content_of
from apps.designs.document.types import DesignDocument
from apps.designs.domain.heading import header_of
from apps.designs.models import DesignSession
from apps.rooms.documents import DocumentKey, DocumentName
from apps.rooms.domain.log import last_seq, read_whole
from apps.rooms.room.live import load


def current_document(design: DesignSession) -> tuple[DesignDocument, int]:
    """The document, and the sequence number of the log that it is true for."""
    seq = last_seq(DocumentKey(design.id, DocumentName.BOARD))
    content, seq = _content_at(design.id, seq)
    return compose(header_of(design), deepcopy(content)), seq


@lru_cache(maxsize=64)
def _content_at(design_id: UUID, _at_least: int) -> tuple[LiveContent, int]:
    """What the log says at `_at_least`, or a little later if it goes on meanwhile."""
    tail = read_whole(DocumentKey(design_id, DocumentName.BOARD))
    return content_of(load(tail.payloads)), tail.seq
