"""What is refused, where and why; what is taken, and how it comes out."""

import json
import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given

from apps.core.errors import Fault, Invalid
from apps.designs.document.types import DesignDocument
from apps.designs.document.validation import faults, parse, parse_text
from tests.designs.document.documents import EXAMPLE, documents, example, patiently

MINIMAL = {"format": "ninestep/design", "version": 1, "steps": [], "board": {}}


def test_a_minimal_document_gets_its_defaults() -> None:
    board: dict[str, list[object]] = {kind: [] for kind in example()["board"]}

    assert parse(MINIMAL) == {
        **MINIMAL,
        "id": "",
        "title": "Untitled design",
        "created_at": "",
        "updated_at": "",
        "flow": {"id": "ml-9-step", "version": "1.0.0"},
        "board": board,
        "comments": [],
    }


def test_an_item_gets_its_defaults() -> None:
    document = parse({**MINIMAL, "board": {"components": [{"id": "a"}, {"id": "b"}]}})

    assert document["board"]["components"][1] == {
        "id": "b",
        "type": "other",
        "name": "",
        "notes": "",
        "x": 240,
        "y": 0,
        "width": 172,
        "height": 52,
        "group": None,
        "pinned": False,
        "tags": [],
        "fields": {},
    }


def test_unknown_fields_and_top_level_keys_survive() -> None:
    document = parse(EXAMPLE)

    assert document["x-tool"] == EXAMPLE["x-tool"]  # type: ignore[typeddict-item]
    assert document["board"]["components"][0]["fields"]["qps"] == 1200


def test_steps_come_in_the_order_of_their_numbers() -> None:
    data = example()
    data["steps"].reverse()

    assert [step["number"] for step in parse(data)["steps"]] == [2, 4]


@given(documents())
@patiently
def test_what_was_exported_is_taken_unchanged(document: DesignDocument) -> None:
    assert parse_text(json.dumps(document)) == document
    assert parse_text(json.dumps(document, ensure_ascii=False).encode()) == document


def spoil(path: str, value: object) -> Callable[[], dict[str, Any]]:
    """The example with one value replaced: `board.components.0.x`."""

    def spoiled() -> dict[str, Any]:
        data = example()
        *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
        place: Any = data
        for part in way:
            place = place[part]
        place[last] = value
        return data

    return spoiled


@pytest.mark.parametrize(
    ("path", "value", "where", "reason"),
    [
        ("format", "other", "$.format", 'must be "ninestep/design", not "other"'),
        ("version", 2, "$.version", "must be 1, not 2"),
        ("version", True, "$.version", "must be 1, not true"),
        ("steps", {}, "$.steps", "must be a list, not {}"),
        ("board", None, "$.board", "must be an object, not null"),
        ("title", "x" * 201, "$.title", "may have at most 200 characters, not 201"),
        (
            "created_at",
            "today",
            "$.created_at",
            'must be a date and time with its zone, not "today"',
        ),
        ("steps.0.status", "done", "$.steps[0].status", 'not_reached, not "done"'),
        ("steps.0.id", "", "$.steps[0].id", "must not be empty"),
        ("steps.1.id", "metrics", "$.steps[1].id", '"metrics" is also steps[0]'),
        ("steps.0.notes", 5, "$.steps[0].notes", "must be a string, not 5"),
        ("steps.0.number", 1.5, "$.steps[0].number", "must be a whole number, not 1.5"),
        ("board.components.0.x", "1", "$.board.components[0].x", 'must be a number, not "1"'),
        ("board.components.0.x", 2e6, "$.board.components[0].x", "must be at most 1000000"),
        (
            "board.components.0.x",
            float("nan"),
            "$.board.components[0].x",
            "must be a finite number",
        ),
        (
            "board.components.0.width",
            0,
            "$.board.components[0].width",
            "must be more than 0, not 0",
        ),
        ("board.components.0.type", "A B", "$.board.components[0].type", "must match"),
        ("board.components.0.type", "cache\n", "$.board.components[0].type", "must match"),
        ("board.components.0.group", "no", "$.board.components[0].group", "which is no group here"),
        ("board.components.0.name", "a\0", "$.board.components[0].name", "cannot be stored"),
        ("board.components.0.name", "\ud83d", "$.board.components[0].name", "cannot be stored"),
        ("board.components.0.id", "__proto__", "$.board.components[0].id", "may not be"),
        ("board.components.1.id", "log", "$.board.components[1].id", "also the id of"),
        ("board.texts.0.id", "log", "$.board.texts[0].id", "also the id of board.components[0]"),
        (
            "board.connections.0.source",
            "s",
            "$.board.connections[0].source",
            "no component or group",
        ),
        ("board.connections.0.kind", "x", "$.board.connections[0].kind", "must be one of request"),
        (
            "board.connections.0.waypoints",
            [[1]],
            "$.board.connections[0].waypoints[0]",
            "at least 2",
        ),
        ("board.groups.1.parent", "events", "$.board.groups[0].parent", "leads back to this group"),
        ("board.strokes.0.points", [[0, 0, 2]], "$.board.strokes[0].points[0][2]", "at most 1"),
        ("board.components.0.fields", [], "$.board.components[0].fields", "must be an object"),
        ("x-tool", {"constructor": 1}, '$["x-tool"]', 'may not have the key "constructor"'),
        ("x-tool", 2**53, '$["x-tool"]', "write it as a string"),
        ("comments", [5], "$.comments[0]", "must be an object, not 5"),
    ],
)
def test_a_fault_is_named_with_its_place(path: str, value: object, where: str, reason: str) -> None:
    found = faults(spoil(path, value)())

    assert where in [fault.path for fault in found]
    assert reason in next(fault.reason for fault in found if fault.path == where)


@pytest.mark.parametrize("key", ["format", "version", "steps", "board"])
def test_four_keys_are_required(key: str) -> None:
    data = example()
    del data[key]

    assert faults(data) == [Fault(f"$.{key}", "is required")]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"", "is not JSON"),
        (b"\xff\xfe", "is not UTF-8 text: byte 0 is wrong"),
        ('{"a": 1, "a": 2}', 'the key "a" stands twice in one object'),
        ('{"a": NaN}', "must be a finite number, not nan"),
        ('{"a": -Infinity}', "must be a finite number, not -inf"),
        ('{"a": 1e999}', "must be a finite number, not inf"),
        ('{"a": ' + "9" * 5000 + "}", "must be a finite number, not inf"),
        ("[" * 100_000, "is nested too deep"),
        ("[" * 50 + "]" * 50, "is nested more than 20 levels deep"),
        ("[]", "must be an object, not []"),
        (" " * (16 * 1024**2 + 1), "is larger than 16 MiB"),
    ],
)
def test_text_that_is_no_document_is_refused(text: str | bytes, reason: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse_text(text)

    assert reason in refused.value.faults[0].reason


def test_no_more_than_twenty_faults_are_named() -> None:
    components = [{"id": f"c{i}", "x": "left"} for i in range(50)]

    assert len(faults({**MINIMAL, "board": {"components": components}})) == 20


def test_lists_that_are_too_long_are_refused_before_they_are_read() -> None:
    board = {"components": [None] * 5_001}

    assert faults({**MINIMAL, "board": board}) == [
        Fault("$.board.components", "may have at most 5000 entries, not 5001")
    ]


def test_a_hundred_random_faults_give_a_hundred_clear_reasons() -> None:
    dice = random.Random(9)
    for _ in range(100):
        data = example()
        _break_something(data, dice)

        found = faults(data)

        assert found, data
        assert all(fault.path.startswith("$") and fault.reason for fault in found)


def _break_something(data: dict[str, Any], dice: random.Random) -> None:
    """Put a value of a type that no place in the format takes into a random known place."""
    kind = dice.choice(list(data["board"]))
    item = dice.choice(data["board"][kind])
    place: Any = dice.choice([data, data["board"], dice.choice(data["steps"]), item])
    known = [key for key in place if not key.startswith("x-") and key != "comments"]
    place[dice.choice(known)] = dice.choice([float("inf"), {"constructor": 1}, "\udc00", -(10**30)])
