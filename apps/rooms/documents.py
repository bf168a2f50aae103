"""The live documents of a design session, and what the policy asks for each."""

from enum import StrEnum
from typing import Final, NamedTuple
from uuid import UUID

from apps.core.permissions import Action
from apps.rooms.room.schema import Holds, Schema


class DocumentName(StrEnum):
    BOARD = "board"
    PRIVATE = "private"
    OWN = "own"  # one of each interviewer, which nobody else ever reads or writes


class DocumentKey(NamedTuple):
    """Names one live document: a room, its log, its snapshots.

    owner_id: the participant whose document it is, None for those that are shared.
    """

    design_id: UUID
    name: DocumentName
    owner_id: UUID | None = None


SCHEMAS: Final[dict[DocumentName, Schema]] = {
    DocumentName.BOARD: {
        "meta": Holds.VALUES,
        "steps": Holds.MAPS,
        "notes": Holds.TEXTS,
        "components": Holds.MAPS,
        "connections": Holds.MAPS,
        "groups": Holds.MAPS,
        "stickies": Holds.MAPS,
        "strokes": Holds.MAPS,
        "texts": Holds.MAPS,
    },
    DocumentName.PRIVATE: {"notes": Holds.TEXTS},
    DocumentName.OWN: {"notes": Holds.TEXTS},
}
ROOTS: Final = {name: frozenset(schema) for name, schema in SCHEMAS.items()}
READ: Final = {
    DocumentName.BOARD: Action.VIEW,
    DocumentName.PRIVATE: Action.READ_PRIVATE,
    DocumentName.OWN: Action.READ_PRIVATE,
}
WRITE: Final = {
    DocumentName.BOARD: Action.EDIT,
    DocumentName.PRIVATE: Action.EDIT_PRIVATE,
    DocumentName.OWN: Action.EDIT_PRIVATE,
}
