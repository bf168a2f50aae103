"""The first change of a design's documents, written in the transaction that creates it.

The server writes it once, so that no two browsers ever insert the same template. What is an
interviewer's own begins when they first come to it.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from pycrdt import Doc, Map, Text, get_state

from apps.designs.document.live import update_of
from apps.designs.document.types import DesignDocument
from apps.designs.models import DesignSession
from apps.rooms.documents import DocumentKey, DocumentName
from apps.rooms.domain.batches import Batch, Entry
from apps.rooms.domain.log import append, logs_of
from apps.rooms.domain.reading import current_document
from apps.rooms.models import Log
from apps.rooms.room.updates import vector_of

GENERAL = "general"  # the private notes that belong to no step


def begin(design_id: UUID, document: DesignDocument) -> None:
    step_ids = [step["id"] for step in document["steps"]]
    first = {
        DocumentName.BOARD: update_of(document),
        DocumentName.PRIVATE: empty_private_notes([GENERAL, *step_ids]),
    }
    logs = Log.objects.bulk_create(Log(design_id=design_id, document=name) for name in first)
    append([Batch(log.id, 1, [entry_of(first[DocumentName(log.document)])]) for log in logs])


def begin_own(key: DocumentKey) -> None:
    """Makes an interviewer's own document if it is not there: empty notes for each step so far.

    Raises NotReadNow.
    """
    if logs_of(key).exists():
        return
    document, _ = current_document(DesignSession.objects.get(id=key.design_id))
    first = empty_private_notes([GENERAL, *(step["id"] for step in document["steps"])])
    with transaction.atomic():
        log, is_new = Log.objects.get_or_create(
            design_id=key.design_id, document=key.name, owner_id=key.owner_id
        )
        if is_new:
            append([Batch(log.id, 1, [entry_of(first)])])


def empty_private_notes(keys: Iterable[str]) -> bytes:
    doc: Doc[Any] = Doc()
    notes = doc.get("notes", type=Map)
    with doc.transaction():
        for key in keys:
            notes[key] = Text()
    return doc.get_update()


def entry_of(update: bytes) -> Entry:
    """Its client id is the server's: nobody may go on with it."""
    return Entry(update, new_clients=tuple(vector_of(get_state(update))))
