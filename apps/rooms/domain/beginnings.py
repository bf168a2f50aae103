"""The first change of a design's two documents, written in the transaction that creates it.

The server writes it once, so that no two browsers ever insert the same template.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from pycrdt import Doc, Map, Text

from apps.designs.document.live import update_of
from apps.designs.document.types import DesignDocument
from apps.rooms.documents import DocumentKey, DocumentName
from apps.rooms.domain.log import Batch, Entry, append

GENERAL = "general"  # the private notes that belong to no step


def begin(design_id: UUID, document: DesignDocument) -> None:
    step_ids = [step["id"] for step in document["steps"]]
    first = {
        DocumentName.BOARD: update_of(document),
        DocumentName.PRIVATE: empty_private_notes(step_ids),
    }
    append([Batch(DocumentKey(design_id, name), [Entry(update)]) for name, update in first.items()])


def empty_private_notes(step_ids: Iterable[str]) -> bytes:
    doc: Doc[Any] = Doc()
    notes = doc.get("notes", type=Map)
    with doc.transaction():
        for key in (GENERAL, *step_ids):
            notes[key] = Text()
    return doc.get_update()
