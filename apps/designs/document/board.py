"""The six lists of a board: how each item is made, and what an item may refer to."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, cast

from apps.designs.document import items
from apps.designs.document.types import BoardBody

Make = Callable[[str, items.Raw], Any]

# In the order of the document, which also decides who keeps an id that two items claim.
MAKERS: Final[dict[str, Make]] = {
    "components": items.component,
    "connections": items.connection,
    "groups": items.group,
    "stickies": items.sticky,
    "strokes": items.stroke,
    "texts": items.free_text,
}

RawItems = Iterable[tuple[str, items.Raw]]


def board_from(raw: Callable[[str], RawItems]) -> BoardBody:
    """A board of what `raw` holds for each list, in its order. References are not looked at."""
    lists = {
        kind: [make(item_id, values) for item_id, values in raw(kind)]
        for kind, make in MAKERS.items()
    }
    return cast(BoardBody, lists)


def mend_references(board: BoardBody) -> None:
    """Leave out what hangs on an item that is gone.

    People edit at the same time: one deletes what another has just connected or filled. The
    connection is left out, a member of a lost group stands free, a circle of groups is opened.
    """
    parents = {group["id"]: group["parent"] for group in board["groups"]}
    ends = parents.keys() | {component["id"] for component in board["components"]}
    board["connections"] = [
        connection
        for connection in board["connections"]
        if connection["source"] in ends and connection["target"] in ends
    ]
    for component in board["components"]:
        if component["group"] not in parents:
            component["group"] = None
    for group in board["groups"]:
        if group["parent"] not in parents or is_in_circle(group["id"], parents):
            group["parent"] = None


def is_in_circle(group: str, parents: Mapping[str, str | None]) -> bool:
    """Does following the parents from this group lead back to it?"""
    seen = set()
    parent = parents[group]
    while parent is not None and parent not in seen:
        if parent == group:
            return True
        seen.add(parent)
        parent = parents.get(parent)
    return False
