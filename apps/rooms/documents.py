"""The two live documents of a design session, and what the policy asks for each."""

from enum import StrEnum
from typing import Final, NamedTuple
from uuid import UUID

from apps.core.permissions import Action


class DocumentName(StrEnum):
    BOARD = "board"
    PRIVATE = "private"


class DocumentKey(NamedTuple):
    """Names one live document: a room, its log, its snapshots."""

    design_id: UUID
    name: DocumentName


ROOTS: Final[dict[DocumentName, frozenset[str]]] = {
    DocumentName.BOARD: frozenset(
        {
            "meta",
            "steps",
            "notes",
            "components",
            "connections",
            "groups",
            "stickies",
            "strokes",
            "texts",
        }
    ),
    DocumentName.PRIVATE: frozenset({"notes"}),
}
READ: Final = {DocumentName.BOARD: Action.VIEW, DocumentName.PRIVATE: Action.READ_PRIVATE}
WRITE: Final = {DocumentName.BOARD: Action.EDIT, DocumentName.PRIVATE: Action.EDIT_PRIVATE}
