"""The live form of a design: a Yjs document with the schema of `docs/protocol.md`.

Writing is for the server alone, once, when a design is created. Reading is total: whatever people's
programs have written, it gives a document, with defaults for what is missing or of the wrong type
and without what hangs on items that are gone.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from pycrdt import Doc, Map, Text

from apps.core.json import Json
from apps.designs.document import items
from apps.designs.document.board import MAKERS, RawItems, board_from, mend_references
from apps.designs.document.header import Header
from apps.designs.document.limits import MAX_TYPE
from apps.designs.document.order import order_key
from apps.designs.document.types import FORMAT, VERSION, BoardBody, DesignDocument, StepBody
from apps.designs.document.values import is_id

SCHEMA: Final = 1


@dataclass(frozen=True)
class LiveContent:
    """What people edit together. The rest of a design document is its `Header`."""

    steps: list[StepBody]
    board: BoardBody


def update_of(document: DesignDocument) -> bytes:
    """The first update of a board's live document: the whole content, in one transaction."""
    doc: Doc[Any] = Doc()
    with doc.transaction():
        doc.get("meta", type=Map)["schema"] = float(SCHEMA)
        _write_steps(doc, document["steps"])
        for kind in MAKERS:
            root = doc.get(kind, type=Map)
            for index, item in enumerate(cast(list[dict[str, Json]], document["board"][kind])):  # type: ignore[literal-required]
                root[str(item["id"])] = Map(_live_values(item, order_key(index)))
    return doc.get_update()


def update_with(steps: Iterable[StepBody]) -> bytes:
    """An update that adds steps to a live document which has none of these ids yet."""
    doc: Doc[Any] = Doc()
    with doc.transaction():
        _write_steps(doc, steps)
    return doc.get_update()


def content_of(doc: "Doc[Any]") -> LiveContent:
    """What a live document says now. Never raises on what people have written."""
    with doc.transaction():
        steps = [
            items.step(step_id, {**raw, "notes": note}) for step_id, raw, note in _raw_steps(doc)
        ]
        taken: set[str] = set()
        board = board_from(lambda kind: _raw_items(doc, kind, taken))
    mend_references(board)
    return LiveContent(sorted(steps, key=lambda step: (step["number"], step["id"])), board)


def notes_of(doc: "Doc[Any]") -> dict[str, str]:
    """The notes that are not empty, by step; of a document that has only notes too."""
    notes = doc.get("notes", type=Map)
    texts = {key: notes[key] for key in sorted(notes.keys())}
    return {key: str(text) for key, text in texts.items() if isinstance(text, Text) and str(text)}


def compose(header: Header, content: LiveContent) -> DesignDocument:
    """The whole document. Unknown top-level keys come last and never hide a known one."""
    document: DesignDocument = {
        "format": FORMAT,
        "version": VERSION,
        "id": header.id,
        "title": header.title,
        "created_at": header.created_at,
        "updated_at": header.updated_at,
        "flow": header.flow,
        "steps": content.steps,
        "board": content.board,
        "comments": header.comments,
    }
    if header.problem is not None:
        document["problem"] = header.problem
    return cast(
        DesignDocument, {**document, **{k: v for k, v in header.extra.items() if k not in document}}
    )


def _write_steps(doc: "Doc[Any]", listed: Iterable[StepBody]) -> None:
    steps, notes = doc.get("steps", type=Map), doc.get("notes", type=Map)
    for step in listed:
        steps[step["id"]] = Map({"number": float(step["number"]), "status": step["status"]})
        notes[step["id"]] = Text(step["notes"])


def _live_values(item: dict[str, Json], z: str) -> dict[str, Json]:
    """An item as its Y.Map holds it: no id, "" where there is no reference, floats, a place."""
    values = {key: "" if value is None else _as_floats(value) for key, value in item.items()}
    del values["id"]
    return {**values, "z": z}


def _as_floats(value: Json) -> Json:
    """The same value without ints, which could reach a browser as BigInt."""
    if isinstance(value, dict):
        return {key: _as_floats(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_floats(inner) for inner in value]
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return value


def _raw_steps(doc: "Doc[Any]") -> Iterator[tuple[str, Mapping[str, object], str]]:
    notes = doc.get("notes", type=Map)
    for step_id, raw in _maps(doc, "steps"):
        if len(step_id) <= MAX_TYPE:
            note = notes.get(step_id)
            yield step_id, raw, str(note) if isinstance(note, Text) else ""


def _raw_items(doc: "Doc[Any]", kind: str, taken: set[str]) -> RawItems:
    """The items of one list in the order of painting, without those whose id is taken already."""
    found = [(item_id, raw) for item_id, raw in _maps(doc, kind) if item_id not in taken]
    taken.update(item_id for item_id, _ in found)
    return sorted(found, key=lambda item: (_place(item[1]), item[0]))


def _place(raw: Mapping[str, object]) -> str:
    z = raw.get("z")
    return z if isinstance(z, str) else ""


def _maps(doc: "Doc[Any]", root: str) -> Iterator[tuple[str, Mapping[str, object]]]:
    """The Y.Maps in a root map, by id. Anything else that was put there is not ours."""
    entries = doc.get(root, type=Map)
    for key in entries.keys():  # noqa: SIM118 a Y.Map does not iterate like a dict
        value = entries[key]
        if is_id(key) and isinstance(value, Map):
            yield key, _plain(value)


def _plain(item: "Map[Any]") -> dict[str, object]:
    """Plain values only. A shared type inside an item is never opened: reading it may be unsafe."""
    return dict(item.items())
