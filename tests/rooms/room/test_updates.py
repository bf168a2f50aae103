"""What is no update, or holds what no document uses, is refused before anything else is asked."""

import random
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pycrdt import Doc, Map, Text

from apps.rooms.room.encoding import buffer, string, uint
from apps.rooms.room.protocol import Refusal
from apps.rooms.room.updates import (
    ANY,
    COLLECTED,
    STRING,
    TYPE,
    Section,
    Unacceptable,
    read_update,
    state_vector_of,
    vector_of,
    write_update,
)
from tests.rooms.peer import put_component
from tests.rooms.room.generator import (
    FOREIGN_CONTENT,
    PLAIN_VALUES,
    STRANGE_VALUES,
    Forger,
    collected,
    deleted,
    honest_document,
    item,
    text,
    update,
    values,
)

NULL = b"\x7e"
IN_ROOT: dict[str, Any] = {"parent": "meta", "key": "x"}


def of(*structs: bytes, client: int = 5, clock: int = 0) -> bytes:
    return update([(client, clock, structs)])


def test_an_edit_is_read_struct_by_struct() -> None:
    doc: Doc[Any] = Doc(client_id=300)
    doc.get("notes", type=Map)["data"] = Text("a🙂")
    put_component("a", "Ranker")(doc)
    del doc.get("components", type=Map)["a"]["x"]

    read = read_update(doc.get_update())

    (section,) = read.sections
    assert (section.client, section.start, section.end) == (300, 0, 9)
    assert [(struct[0], struct[1], struct[4]) for struct in section.structs[:3]] == [
        (TYPE, 1, "notes"),
        (STRING, 3, (300, 0)),
        (TYPE, 1, "components"),
    ]
    assert section.structs[1][6] == (1,)  # the smile takes two clocks, the second and the third
    assert read.deleted == {300: [(6, 7)]}
    assert read.is_regular


def test_what_is_read_can_be_written_again() -> None:
    document = honest_document(seed=1)
    read = read_update(document)
    sections = [section.as_section(document) for section in read.sections]

    assert write_update(sections, read.deleted) == document
    assert all(isinstance(section, Section) for section in sections)


def test_neighbours_and_parents_are_named_by_ids() -> None:
    far, near = (2**32 - 1, 2**20), (5, 1)
    read = read_update(of(text("a", left=far, right=near), collected(3), values(NULL, left=near)))

    assert [struct[:4] for struct in read.sections[0].structs] == [
        (STRING, 1, far, near),
        (COLLECTED, 3, None, None),
        (ANY, 1, near, None),
    ]


@pytest.mark.parametrize("value", PLAIN_VALUES)
def test_plain_values_are_read_to_their_end(value: bytes) -> None:
    assert read_update(of(values(value, **IN_ROOT))).sections[0].end == 1


@pytest.mark.parametrize("value", STRANGE_VALUES)
def test_values_that_are_no_json_are_refused(value: bytes) -> None:
    with pytest.raises(Unacceptable):
        read_update(of(values(value, **IN_ROOT)))


@pytest.mark.parametrize("depth", [16, 17])
def test_values_are_nested_sixteen_deep_at_most(depth: int) -> None:
    value = b"\x75\x01" * depth + NULL
    if depth == 16:
        read_update(of(values(value, **IN_ROOT)))
    else:
        with pytest.raises(Unacceptable, match="deeper"):
            read_update(of(values(value, **IN_ROOT)))


@pytest.mark.parametrize("kind", sorted({kind for kind, _ in FOREIGN_CONTENT} - {TYPE}))
def test_kinds_of_content_that_no_document_uses_are_refused(kind: int) -> None:
    with pytest.raises(Unacceptable) as caught:
        read_update(of(item(kind, b"\x01\x01", **IN_ROOT)))

    assert caught.value.reason == Refusal.UNKNOWN_CONTENT


@pytest.mark.parametrize("key", ["__proto__", "constructor", "prototype", "k" * 257, "a\0"])
def test_keys_that_browsers_trip_over_are_refused(key: str) -> None:
    with pytest.raises(Unacceptable) as caught:
        read_update(of(values(NULL, parent="meta", key=key)))

    assert caught.value.reason == Refusal.UNKNOWN_CONTENT
    read_update(of(values(NULL, parent="meta", key="k" * 256)))


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(of(text("", parent="meta")), id="an item without content"),
        pytest.param(of(values(**IN_ROOT)), id="no value"),
        pytest.param(of(deleted(0, **IN_ROOT)), id="nothing deleted"),
        pytest.param(of(collected(2**31)), id="too many clocks"),
        pytest.param(of(collected(1), clock=2**31 - 1), id="a clock too high"),
        pytest.param(of(collected(1), client=2**53), id="a client too high"),
        pytest.param(of(item(STRING, buffer(b"\xff"), **IN_ROOT)), id="no UTF-8"),
        pytest.param(of(item(STRING, buffer(b"\xed\xa0\x80"), **IN_ROOT)), id="lone surrogate"),
        pytest.param(of(b"\x08\x02" + string("meta") + b"\x01\x7e"), id="a third kind of parent"),
        pytest.param(update([(5, 0, [collected(1)])] * 2), id="a client twice"),
        pytest.param(uint(2**40), id="more clients than bytes"),
        pytest.param(b"\x01" + uint(2**40) + b"\x05\x00\x00", id="more structs than bytes"),
        pytest.param(of(item(ANY, uint(2**40), **IN_ROOT)), id="more values than bytes"),
        pytest.param(b"\x00" + uint(2**40), id="more deletions than bytes"),
        pytest.param(b"\x00\x01\x05\x01\x00\x00", id="a deletion of nothing"),
        pytest.param(b"\x00\x80\x00", id="a padded number"),
        pytest.param(b"\x00\x01" + b"\xff" * 9 + b"\x01\x00", id="a number over 53 bits"),
        pytest.param(b"\x00\x01" + b"\x80" * 200_000, id="a number that does not end"),
        pytest.param(update() + b"\x00", id="a byte too many"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_what_is_not_an_update_is_malformed(broken: bytes) -> None:
    with pytest.raises(Unacceptable) as caught:
        read_update(broken)

    assert caught.value.reason == Refusal.MALFORMED


@pytest.mark.parametrize("seed", range(3))
def test_every_cut_is_noticed(seed: int) -> None:
    document = honest_document(seed)
    for end in range(len(document)):
        with pytest.raises(Unacceptable):
            read_update(document[:end])


@pytest.mark.parametrize(
    ("deletions", "is_regular"),
    [
        ([(5, [(0, 2), (3, 1)])], True),
        ([(5, [(3, 1), (0, 2)])], False),
        ([(5, [(0, 2), (2, 2)])], False),
        ([(5, [(0, 2)]), (5, [(3, 1)])], False),
        ([(5, [(0, 2), (3, 1)]), (6, [])], False),
    ],
)
def test_deletions_are_put_in_order(
    deletions: list[tuple[int, list[tuple[int, int]]]], is_regular: bool
) -> None:
    read = read_update(update((), deletions))

    assert read.is_regular == is_regular
    assert read.deleted in ({5: [(0, 2), (3, 4)]}, {5: [(0, 4)]})


@given(st.binary(max_size=100))
def test_any_bytes_are_an_update_or_unacceptable(data: bytes) -> None:
    with suppress(Unacceptable):
        read_update(data)


@pytest.mark.parametrize("seed", range(3))
def test_mutated_updates_are_updates_or_unacceptable(seed: int) -> None:
    rng = random.Random(seed)
    forger = Forger(rng, honest_document(seed))
    for _ in range(3000):
        mutant = bytearray(forger.update())
        for _ in range(rng.randrange(1, 4)):
            mutant[rng.randrange(len(mutant))] = rng.randrange(256)
        with suppress(Unacceptable):
            read_update(bytes(mutant))


@given(st.integers(0, 2**53 - 1))
def test_numbers_are_read_as_they_were_written(number: int) -> None:
    read = read_update(b"\x00\x01" + uint(number) + b"\x01\x07\x01")

    assert read.deleted == {number: [(7, 8)]}


def test_a_state_vector_is_read_as_it_was_written() -> None:
    vector = {2**32 - 1: 7, 300: 2**20, 1: 0}

    assert vector_of(state_vector_of(vector)) == vector


@pytest.mark.parametrize("state", [b"", b"\x00\x00", b"\x05", b"\x01\x05", uint(2**40)])
def test_other_bytes_are_no_state_vector(state: bytes) -> None:
    with pytest.raises(Unacceptable):
        vector_of(state)
