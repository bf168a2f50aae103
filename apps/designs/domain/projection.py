"""The design as rows: written from a document, read back as one.

Rows are what queries and lists read. They follow the live document and are replaced whole.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.designs.document import items
from apps.designs.document.board import RawItems, board_from
from apps.designs.document.live import LiveContent, compose
from apps.designs.document.types import BoardBody, DesignDocument, StepBody
from apps.designs.domain.heading import header_of
from apps.designs.domain.step_states import with_states
from apps.designs.models import (
    Annotation,
    Component,
    Connection,
    DesignSession,
    Group,
    StepNote,
)

_ROWS = (StepNote, Component, Connection, Group, Annotation)


def project(design: DesignSession, document: DesignDocument, seq: int) -> bool:
    """Make the rows say what the document says. False if they already show `seq` or later."""
    with transaction.atomic():
        # Claims the row as well: of two projections at once, the second waits here.
        claimed = DesignSession.objects.filter(id=design.id, projected_seq__lt=seq).update(
            projected_seq=seq, updated_at=timezone.now()
        )
        if claimed:
            _replace_rows(design, document)
    design.refresh_from_db(fields=["projected_seq", "updated_at"])
    return bool(claimed)


def document_of_rows(design: DesignSession) -> DesignDocument:
    """The document as of the last projection: at most a moment older than the live one."""
    document = compose(header_of(design), LiveContent(_steps(design), _board(design)))
    return with_states(document, design)


def _replace_rows(design: DesignSession, document: DesignDocument) -> None:
    for model in _ROWS:
        model.objects.filter(design=design).delete()
    board = document["board"]
    StepNote.objects.bulk_create(_step_row(design, step) for step in document["steps"])
    Component.objects.bulk_create(
        Component(
            design=design, position=position, **_split(item, "type", "name", "notes", "group")
        )
        for position, item in enumerate(board["components"])
    )
    Connection.objects.bulk_create(
        Connection(
            design=design, position=position, **_split(item, "source", "target", "kind", "label")
        )
        for position, item in enumerate(board["connections"])
    )
    Group.objects.bulk_create(
        Group(design=design, position=position, **_split(item, "name", "parent"))
        for position, item in enumerate(board["groups"])
    )
    Annotation.objects.bulk_create(_annotation_rows(design, board))


def _step_row(design: DesignSession, step: StepBody) -> StepNote:
    return StepNote(
        design=design,
        step_id=step["id"],
        number=step["number"],
        status=step["status"],
        notes=step["notes"],
    )


def _annotation_rows(design: DesignSession, board: BoardBody) -> Iterator[Annotation]:
    lists: dict[str, Any] = {kind: board[kind] for kind in ("stickies", "strokes", "texts")}
    for kind, listed in lists.items():
        for position, item in enumerate(listed):
            yield Annotation(design=design, kind=kind, position=position, **_split(item, "text"))


def _split(item: Mapping[str, Any], *columns: str) -> dict[str, Any]:
    """An item as the fields of its row: its columns, and everything else in `body`."""
    row = {column: item[column] or "" for column in columns if column in item}
    body = {key: value for key, value in item.items() if key != "id" and key not in columns}
    return {"item_id": item["id"], **row, "body": body}


def _steps(design: DesignSession) -> list[StepBody]:
    rows = StepNote.objects.filter(design=design).order_by("number", "step_id")
    return [
        items.step(row.step_id, {"number": row.number, "status": row.status, "notes": row.notes})
        for row in rows
    ]


def _board(design: DesignSession) -> BoardBody:
    tables: dict[str, Any] = {
        "components": Component.objects,
        "connections": Connection.objects,
        "groups": Group.objects,
    }

    def raw(kind: str) -> RawItems:
        table = tables.get(kind) or Annotation.objects.filter(kind=kind)
        for row in table.filter(design=design).order_by("position").values():
            yield row["item_id"], {**row["body"], **row}

    return board_from(raw)
