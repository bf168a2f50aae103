"""Steps that come to a design later, written by the server into its live documents.

As at the beginning, the server writes them once, so that no two browsers insert the same step.
"""

from collections.abc import Sequence

from apps.core.errors import Conflict
from apps.core.events import broadcast
from apps.designs.document.live import update_with
from apps.designs.document.types import StepBody
from apps.designs.models import DesignSession
from apps.rooms.documents import DocumentKey, DocumentName
from apps.rooms.domain.batches import Batch
from apps.rooms.domain.beginnings import empty_private_notes, entry_of
from apps.rooms.domain.log import append, find_log, last_seq
from apps.rooms.domain.projecting import request_projection
from apps.rooms.domain.quarantine import in_quarantine
from apps.rooms.domain.reading import current_document
from apps.rooms.groups import new_rows, room_group
from apps.rooms.models import Log

NOT_NOW = "This session cannot be read to its end. Let it go on from its last good state first."


def add_steps(design: DesignSession, steps: Sequence[StepBody]) -> None:
    """Those of the steps that the documents do not have yet; what is there keeps its notes.

    Raises Conflict while a document is in quarantine, NotReadNow.
    """
    if in_quarantine(design.id):
        raise Conflict(NOT_NOW)
    document, _ = current_document(design)
    there = {step["id"] for step in document["steps"]}
    missing = [step for step in steps if step["id"] not in there]
    if missing:
        private = empty_private_notes(step["id"] for step in missing)
        _append(DocumentKey(design.id, DocumentName.BOARD), update_with(missing))
        for log in Log.objects.filter(design=design).exclude(document=DocumentName.BOARD):
            _append(log.key, private)
        request_projection(design.id)


def _append(key: DocumentKey, update: bytes) -> None:
    """Somebody may be typing: then the end of the log has moved, and it goes there."""
    log_id = find_log(key)
    while True:
        seq = last_seq(log_id) + 1
        if not append([Batch(log_id, seq, [entry_of(update)])]):
            break
    broadcast(room_group(key), new_rows(seq))
