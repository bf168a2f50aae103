"""Whole, normalised designs for the tests of diagrams, from as little as a test cares about."""

from apps.designs.document.types import (
    FORMAT,
    VERSION,
    BoardBody,
    ComponentBody,
    ConnectionBody,
    ConnectionKind,
    DesignDocument,
    GroupBody,
)


def document(body: BoardBody, title: str = "A design") -> DesignDocument:
    return {
        "format": FORMAT,
        "version": VERSION,
        "id": "00000000-0000-4000-8000-000000000000",
        "title": title,
        "created_at": "2026-11-23T09:00:00Z",
        "updated_at": "2026-11-23T09:00:00Z",
        "flow": {"id": "ml-9-step", "version": "1.0.0"},
        "steps": [],
        "board": body,
        "comments": [],
    }


def board(
    components: list[ComponentBody] | None = None,
    connections: list[ConnectionBody] | None = None,
    groups: list[GroupBody] | None = None,
) -> BoardBody:
    return {
        "components": components or [],
        "connections": connections or [],
        "groups": groups or [],
        "stickies": [],
        "strokes": [],
        "texts": [],
    }


def component(
    item_id: str,
    name: str = "",
    type_id: str = "ranker",
    notes: str = "",
    group: str | None = None,
    place: tuple[float, float] = (0, 0),
    pinned: bool = False,
) -> ComponentBody:
    return {
        "id": item_id,
        "type": type_id,
        "name": name,
        "notes": notes,
        "x": place[0],
        "y": place[1],
        "width": 172,
        "height": 52,
        "group": group,
        "pinned": pinned,
        "tags": [],
        "fields": {},
    }


def connection(
    item_id: str, source: str, target: str, kind: ConnectionKind = "request", label: str = ""
) -> ConnectionBody:
    return {
        "id": item_id,
        "source": source,
        "target": target,
        "source_port": None,
        "target_port": None,
        "kind": kind,
        "label": label,
        "waypoints": [],
    }


def group(item_id: str, name: str = "", parent: str | None = None) -> GroupBody:
    return {
        "id": item_id,
        "name": name,
        "kind": "",
        "parent": parent,
        "x": 0,
        "y": 0,
        "width": 300,
        "height": 200,
    }
