"""Does a document of the right shape make sense? Ids, references, moments."""

from collections.abc import Container, Iterator
from datetime import datetime
from typing import Any

from apps.core.errors import Fault
from apps.designs.document.board import MAKERS, is_in_circle
from apps.designs.document.limits import FORBIDDEN_KEYS
from apps.designs.document.paths import brief, fault

# A document that its schema has accepted.
Shaped = dict[str, Any]


def meaning_faults(data: Shaped) -> Iterator[Fault]:
    yield from _moment_faults(data)
    yield from _step_faults(data["steps"])
    yield from _id_faults(data["board"])
    yield from _reference_faults(data["board"])


def _moment_faults(data: Shaped) -> Iterator[Fault]:
    for key in ("created_at", "updated_at"):
        if data.get(key) and not _is_moment(data[key]):
            yield fault([key], f"must be a date and time with its zone, not {brief(data[key])}")


def _is_moment(value: str) -> bool:
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def _step_faults(steps: list[Shaped]) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for index, step in enumerate(steps):
        first = seen.setdefault(step["id"], index)
        if step["id"] in FORBIDDEN_KEYS:
            yield fault(["steps", index, "id"], f"may not be {brief(step['id'])}")
        if first != index:
            yield fault(["steps", index, "id"], f"{brief(step['id'])} is also steps[{first}]")


def _id_faults(board: Shaped) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for kind in MAKERS:
        for index, item in enumerate(board.get(kind, [])):
            here = f"board.{kind}[{index}]"
            first = seen.setdefault(item["id"], here)
            if item["id"] in FORBIDDEN_KEYS:
                yield fault(["board", kind, index, "id"], f"may not be {brief(item['id'])}")
            if first != here:
                reason = f"{brief(item['id'])} is also the id of {first}"
                yield fault(["board", kind, index, "id"], reason)


def _reference_faults(board: Shaped) -> Iterator[Fault]:
    parents = {group["id"]: group.get("parent") for group in board.get("groups", [])}
    ends = parents.keys() | {component["id"] for component in board.get("components", [])}
    for index, connection in enumerate(board.get("connections", [])):
        for key in ("source", "target"):
            if connection[key] not in ends:
                reason = f"names {brief(connection[key])}, which is no component or group here"
                yield fault(["board", "connections", index, key], reason)
    yield from _group_faults(board, "components", "group", parents)
    yield from _group_faults(board, "groups", "parent", parents)
    for index, group in enumerate(board.get("groups", [])):
        if is_in_circle(group["id"], parents):
            reason = f"{brief(group['parent'])} leads back to this group"
            yield fault(["board", "groups", index, "parent"], reason)


def _group_faults(board: Shaped, kind: str, key: str, groups: Container[str]) -> Iterator[Fault]:
    for index, item in enumerate(board.get(kind, [])):
        if item.get(key) and item[key] not in groups:
            yield fault(
                ["board", kind, index, key], f"names {brief(item[key])}, which is no group here"
            )
