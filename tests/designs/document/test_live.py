"""The live form: nothing is lost on the way there and back, and nothing in it stops a reader."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pycrdt import Array, Doc, Map, Text

from apps.designs.document.header import Header, unknown_keys
from apps.designs.document.live import LiveContent, compose, content_of, update_of
from apps.designs.document.order import order_key
from apps.designs.document.types import DesignDocument
from apps.designs.document.validation import faults, parse
from tests.designs.document.documents import EXAMPLE, documents, patiently

FRONTEND = Path(__file__).parents[3] / "frontend"


def live(document: DesignDocument) -> "Doc[Any]":
    doc: Doc[Any] = Doc()
    doc.apply_update(update_of(document))
    return doc


def header(document: DesignDocument) -> Header:
    return Header(
        document["id"],
        document["title"],
        document["created_at"],
        document["updated_at"],
        document["flow"],
        document.get("problem"),
        document["comments"],
        unknown_keys(document),
    )


@given(documents())
@patiently
def test_the_live_form_loses_nothing(document: DesignDocument) -> None:
    again = compose(header(document), content_of(live(document)))

    assert again == document
    assert json.dumps(again, sort_keys=True) == json.dumps(document, sort_keys=True)


def test_order_keys_are_those_of_the_browser() -> None:
    keys = [order_key(index) for index in range(5_000)]

    assert keys == sorted(keys)
    assert [keys[0], keys[61], keys[62], keys[63]] == ["a0", "az", "b00", "b01"]
    assert order_key(62 + 62**2) == "c000"


def board(**roots: dict[str, Any]) -> LiveContent:
    """What is read of a document that holds exactly these shared values."""
    doc: Doc[Any] = Doc()
    for name, entries in roots.items():
        root = doc.get(name, type=Map)
        for key, value in entries.items():
            root[key] = value
    return content_of(doc)


def test_what_hangs_on_a_deleted_item_is_left_out() -> None:
    content = board(
        components={"a": Map({"group": "gone"})},
        connections={
            "kept": Map({"source": "a", "target": "g"}),
            "lost": Map({"source": "a", "target": "gone"}),
            "endless": Map({"source": "a"}),
        },
        groups={"g": Map({"parent": "gone"})},
    )

    assert content.board["components"][0]["group"] is None
    assert [connection["id"] for connection in content.board["connections"]] == ["kept"]
    assert content.board["groups"][0]["parent"] is None


def test_a_circle_of_groups_is_opened() -> None:
    content = board(
        groups={
            "a": Map({"parent": "b"}),
            "b": Map({"parent": "a"}),
            "inside": Map({"parent": "a"}),
        }
    )

    parents = {group["id"]: group["parent"] for group in content.board["groups"]}
    assert parents == {"a": None, "b": None, "inside": "a"}


def test_items_come_in_the_order_of_painting() -> None:
    texts = {"one": Map({"z": "a1"}), "none": Map({}), "zero": Map({"z": "a0"})}

    content = board(texts=texts)

    assert [item["id"] for item in content.board["texts"]] == ["none", "zero", "one"]


def test_an_id_belongs_to_the_first_that_has_it() -> None:
    content = board(components={"x": Map({})}, texts={"x": Map({}), "y": Map({})})

    assert [item["id"] for item in content.board["texts"]] == ["y"]


_ANYTHING: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from([float("nan"), float("inf"), -1e300, "", "a\0b", "g", "c", None, True, []]),
    st.floats(),
    st.text(max_size=5),
    st.lists(st.floats() | st.text(max_size=2) | st.lists(st.floats(), max_size=4), max_size=3),
    st.dictionaries(st.text(max_size=3), st.none() | st.lists(st.booleans()), max_size=2),
)
_KEYS = [
    *("type", "name", "notes", "x", "y", "width", "height", "group", "pinned", "tags", "fields"),
    *("source", "target", "kind", "label", "waypoints", "source_port", "target_port", "parent"),
    *("text", "color", "points", "number", "status", "z"),
]


@given(st.lists(st.dictionaries(st.sampled_from(_KEYS), _ANYTHING), min_size=4, max_size=8))
@patiently
def test_reading_is_total_and_gives_a_document_that_can_be_imported(
    values: list[dict[str, Any]],
) -> None:
    doc: Doc[Any] = Doc()
    roots = ("steps", "components", "connections", "groups", "stickies", "strokes", "texts")
    for index, value in enumerate(values):
        key = ("c", "g", "s", "__proto__")[index % 4]
        for root in roots:
            doc.get(root, type=Map)[key] = Map(value)

    document = compose(header(parse(EXAMPLE)), content_of(doc))

    assert faults(document) == []
    json.dumps(document, allow_nan=False)


@pytest.mark.parametrize("levels", [16, 17, 40])
def test_nesting_ends_where_a_document_may_not_go_on(levels: int) -> None:
    nested: object = 1.0
    for _ in range(levels):
        nested = {"in": nested}

    content = board(components={"a": Map({"fields": nested})})

    read = json.dumps(content.board["components"][0]["fields"])
    assert read.count("in") == min(levels, 16)
    assert faults(compose(header(parse(EXAMPLE)), content)) == []


@pytest.mark.parametrize("value", [5.0, "text", None, [1.0], {"x": 1.0}, Text("x"), Array([1.0])])
def test_what_is_no_item_is_passed_over(value: Any) -> None:
    content = board(components={"a": value}, steps={"a": value}, notes={"a": value})

    assert content.board["components"] == []
    assert content.steps == []


def test_a_browser_reads_numbers_and_text_as_they_were(tmp_path: Path) -> None:
    """Through the real Yjs: no BigInt, no shared type inside an item, notes as text."""
    node = shutil.which("node")
    if node is None or not (FRONTEND / "node_modules" / "yjs").exists():
        pytest.skip("needs Node and the installed front end")
    update = tmp_path / "update.bin"
    update.write_bytes(update_of(parse(EXAMPLE)))

    done = subprocess.run(
        [node, "--input-type=module", "-e", _READ_WITH_YJS, str(update)],
        cwd=FRONTEND,
        capture_output=True,
        check=True,
        text=True,
    )

    component = json.loads(done.stdout)["components"]["log"]
    expected = {**parse(EXAMPLE)["board"]["components"][0], "z": "a0"}
    del expected["id"]
    assert component == expected
    assert json.loads(done.stdout)["notes"]["metrics"] == EXAMPLE["steps"][0]["notes"]  # type: ignore[index,call-overload]


# JSON.stringify throws on a BigInt.
_READ_WITH_YJS = """
import { readFileSync } from "node:fs";
import * as Y from "yjs";
const doc = new Y.Doc();
Y.applyUpdate(doc, readFileSync(process.argv[1]));
for (const item of doc.getMap("components").values())
  for (const value of item.values())
    if (value instanceof Y.AbstractType) throw new Error("a shared type in an item");
const read = (name) => doc.getMap(name).toJSON();
process.stdout.write(JSON.stringify({ components: read("components"), notes: read("notes") }));
"""
