"""Updates that look valid and are strange: right in form, and written by no honest client.

`Forger` starts from an honest document and writes structs with any content, parent, neighbours,
clock and client, mostly plausible ones, so that many get past the first checks. Bytes that the
libraries cannot stand come out of it now and then: give them to a ledger, never to a library.
"""

import random
import struct
from collections.abc import Sequence
from typing import Any

from pycrdt import Doc, Map

from apps.rooms.room.encoding import buffer, string, uint
from apps.rooms.room.updates import (
    ANY,
    COLLECTED,
    DELETED,
    HAS_KEY,
    HAS_LEFT,
    HAS_RIGHT,
    MAP,
    SKIP,
    STRING,
    TEXT,
    TYPE,
    Id,
    read_update,
)
from tests.rooms.peer import first_update, random_change

ROOTS = ("meta", "steps", "notes", "components", "strokes")
FOREIGN_ROOTS = ("elsewhere", "", "Meta", "__proto__")
KEYS = ("data", "a", "x", "y", "name", "é", "🙂")
STRANGE_KEYS = ("__proto__", "constructor", "", "k" * 300, "0")
TEXTS = ("a", "hello", "🙂", "a🙂b🧪c", "é", "\n", "\ufeff", "\ufffd")
STRANGE_TEXTS = ("", "\0", "a\0b")
CLIENTS = (1, 2, 3, 300, 2**31 + 7, 2**32 - 1)
STRANGE_CLIENTS = (0, 2**32, 2**53 - 1, 2**53, 2**63)


def honest_document(seed: int, changes: int = 30) -> bytes:
    """A board after some changes of two people, one after the other."""
    rng = random.Random(seed)
    state = first_update()
    for client in CLIENTS[1:3]:
        doc: Doc[Any] = Doc(client_id=client)
        doc.apply_update(state)
        doc.get("meta", type=Map)["title"] = "Board"
        for _ in range(changes // 2):
            random_change(rng)(doc)
        state = doc.get_update()
    return state


# Pieces of an update ---------------------------------------------------------------------------


def item(
    kind: int,
    content: bytes,
    *,
    left: Id | None = None,
    right: Id | None = None,
    parent: str | Id | None = None,
    key: str | None = None,
) -> bytes:
    """One struct. With a neighbour, parent and key are left out, as the format has it."""
    info = kind | HAS_LEFT * bool(left) | HAS_RIGHT * bool(right) | HAS_KEY * (key is not None)
    place = b"".join(reference(one) for one in (left, right) if one)
    if not left and not right:
        assert parent is not None
        is_root = isinstance(parent, str)
        place = b"\x01" + string(parent) if isinstance(parent, str) else b"\x00" + reference(parent)
        place += string(key) if key is not None else b""
        assert is_root == (place[0] == 1)
    return bytes([info]) + place + content


def reference(one: Id) -> bytes:
    return uint(one[0]) + uint(one[1])


def text(piece: str, **place: Any) -> bytes:
    return item(STRING, string(piece), **place)


def values(*written: bytes, **place: Any) -> bytes:
    return item(ANY, uint(len(written)) + b"".join(written), **place)


def shared_type(type_ref: int, **place: Any) -> bytes:
    return item(TYPE, uint(type_ref), **place)


def deleted(length: int, **place: Any) -> bytes:
    return item(DELETED, uint(length), **place)


def collected(length: int) -> bytes:
    return bytes([COLLECTED]) + uint(length)


def hole(length: int) -> bytes:
    return bytes([SKIP]) + uint(length)


def update(
    sections: Sequence[tuple[int, int, Sequence[bytes]]] = (),
    deletions: Sequence[tuple[int, Sequence[Id]]] = (),
) -> bytes:
    """sections: client, first clock, structs. deletions: client, runs as start and length."""
    parts = [uint(len(sections))]
    for client, clock, structs in sections:
        parts += (uint(len(structs)), uint(client), uint(clock), *structs)
    parts.append(uint(len(deletions)))
    for client, runs in deletions:
        parts += (uint(client), uint(len(runs)), *map(reference, runs))
    return b"".join(parts)


# Any of them -----------------------------------------------------------------------------------

PLAIN_VALUES = (
    *(b"\x7f", b"\x7e", b"\x79", b"\x78"),
    *(b"\x7d\x05", b"\x7d\x40", b"\x7d\x45", b"\x7d\xbf\xff\xff\x0f"),
    *(b"\x7c" + struct.pack(">f", 0.5), b"\x7b" + struct.pack(">d", 1 / 3)),
    *(b"\x77" + string("text"), b"\x77" + string("🙂"), b"\x77" + string("")),
    *(b"\x75\x02\x7e\x75\x00", b"\x76\x01" + string("k") + b"\x75\x01\x78"),
)
STRANGE_VALUES = (
    *(b"\x7a" + bytes(8), b"\x74" + buffer(b"x"), b"\x73", b"\x80"),
    *(b"\x7c" + struct.pack(">f", float("nan")), b"\x7b" + struct.pack(">d", float("inf"))),
    *(b"\x77" + string("a\0b"), b"\x77" + buffer(b"\xed\xa0\x80"), b"\x7d\x80\x00"),
    *(b"\x7d\xbf" + b"\xff" * 8 + b"\x7f", b"\x76\x01" + string("__proto__") + b"\x78"),
    *(b"\x75\x01" * 17 + b"\x7e", b"\x76\x02" + (string("k") + b"\x78") * 2, b"\x75" + uint(2**40)),
)
FOREIGN_CONTENT = (
    *((2, b"\x01" + string("1")), (3, buffer(b"x")), (5, string("{}"))),
    *((6, string("bold") + string("true")), (9, string("guid") + b"\x76\x00")),
    *((TYPE, b"\x00"), (TYPE, b"\x03" + string("p")), (TYPE, b"\x04"), (TYPE, b"\x06")),
    *((11, b"\x00"), (31, b"\x00"), (SKIP, b"\x01"), (COLLECTED, b"\x01")),
)


class Forger:
    """Writes strange updates on what it knows of a document.

    oddity: how often a choice is made without regard for what is plausible.
    """

    def __init__(self, rng: random.Random, document: bytes, oddity: float = 0.06) -> None:
        self._rng = rng
        self._oddity = oddity
        self._clocks: dict[int, int] = {}
        self._maps: list[Id] = []
        self._texts: list[Id] = []
        self._in_texts: list[Id] = []
        self._in_maps: list[Id] = []
        self._under_roots: list[Id] = []
        self.learn(document)

    def learn(self, data: bytes) -> None:
        """Something the document has taken in."""
        for section in read_update(data).sections:
            clock = section.start
            for kind, length, left, right, parent, _, detail, _ in section.structs:
                at = (section.client, clock)
                if kind == TYPE:
                    (self._maps if detail == MAP else self._texts).append(at)
                    self._under_roots.append(at)
                elif kind == STRING or right is not None:
                    self._in_texts += [(at[0], at[1] + offset) for offset in range(length)]
                elif isinstance(parent, str) or left in self._under_roots:
                    self._under_roots.append(at)
                else:
                    self._in_maps.append(at)
                clock += length
            self._clocks[section.client] = max(clock, self._clocks.get(section.client, 0))

    def update(self) -> bytes:
        clients = self._rng.sample(CLIENTS, self._rng.choice((0, 1, 1, 1, 2, 3)))
        if self._is_odd():
            clients.append(self._rng.choice((*CLIENTS, *STRANGE_CLIENTS)))
        return update(
            [self._section(client) for client in clients],
            [self._deletion() for _ in range(self._rng.choice((0, 0, 1, 2)))],
        )

    def _section(self, client: int) -> tuple[int, int, list[bytes]]:
        clock = self._clocks.get(client, 0)
        if self._is_odd():
            clock = max(0, clock + self._rng.choice((-3, -1, 1, 2**31, 2**53)))
        count = self._rng.choice((1, 1, 1, 2, 3, 4))
        return client, clock, [self._struct((client, clock)) for _ in range(count)]

    def _struct(self, at: Id) -> bytes:
        choice = self._rng.random()
        if self._is_odd():
            return self._misplaced(at)
        if choice < 0.5:
            return text(self._text(), **self._place_in_text(at))
        if choice < 0.75:
            count = self._rng.choice((1, 1, 1, 2))
            return values(*(self._value() for _ in range(count)), **self._place_in_map(at))
        if choice < 0.85:
            return self._shared_type(at)
        if choice < 0.95:
            place = self._rng.choice((self._place_in_text, self._place_in_map))(at)
            return deleted(self._length(), **place)
        return collected(self._length())

    def _misplaced(self, at: Id) -> bytes:
        place = self._rng.choice((self._place_in_text, self._place_in_map, self._any_place))(at)
        choice = self._rng.randrange(5)
        if choice == 0:
            kind, content = self._rng.choice(FOREIGN_CONTENT)
            return item(kind, content, **place)
        if choice == 1:
            return hole(1)
        if choice == 2:
            return shared_type(self._rng.choice((MAP, TEXT)), **place)
        if choice == 3:
            return values(self._value(), **place)
        return text(self._text(), **place)

    def _shared_type(self, at: Id) -> bytes:
        if self._rng.random() < 0.3 and self._under_roots:
            left = self._rng.choice(self._under_roots)
            type_ref = TEXT if left in self._texts else MAP
            return shared_type(type_ref, left=left, key=self._key())
        root = self._rng.choice(("components", "notes", "strokes"))
        type_ref = TEXT if root == "notes" else MAP
        return shared_type(type_ref, parent=root, key=self._key())

    # Places

    def _place_in_text(self, at: Id) -> dict[str, Any]:
        choice = self._rng.randrange(5)
        if choice == 0 or not self._in_texts:
            return {"parent": self._near(self._texts, at)}
        left, right = self._near(self._in_texts, at), self._near(self._in_texts, at)
        if choice == 1:
            return {"left": left}
        if choice == 2:
            return {"right": right}
        if choice == 3:
            return {"left": left, "right": (left[0], left[1] + 1)}
        return {"left": left, "right": right}

    def _place_in_map(self, at: Id) -> dict[str, Any]:
        choice = self._rng.randrange(4)
        if choice == 0:
            return {"parent": "meta", "key": self._key()}
        if choice == 1 or not self._in_maps:
            return {"parent": self._near(self._maps, at), "key": self._key()}
        return {"left": self._near(self._in_maps, at), "key": "x"}

    def _any_place(self, at: Id) -> dict[str, Any]:
        known = [at, *self._maps, *self._texts, *self._in_texts, *self._in_maps]
        parent: str | Id = self._rng.choice((*ROOTS, *FOREIGN_ROOTS, self._near(known, at)))
        return {
            "left": self._rng.choice((None, self._near(known, at))),
            "right": self._rng.choice((None, None, self._near(known, at))),
            "parent": parent,
            "key": self._rng.choice((None, self._key())),
        }

    def _near(self, ids: list[Id], at: Id) -> Id:
        """One of these, or something that may not exist."""
        if not ids or self._is_odd():
            client = self._rng.choice((at[0], *CLIENTS))
            return client, max(0, self._clocks.get(client, 0) + self._rng.randrange(-9, 4))
        return self._rng.choice(ids[-40:] if self._rng.random() < 0.5 else ids)

    # Contents

    def _key(self) -> str:
        return self._rng.choice(STRANGE_KEYS if self._is_odd() else KEYS)

    def _text(self) -> str:
        return self._rng.choice(STRANGE_TEXTS if self._is_odd() else TEXTS)

    def _value(self) -> bytes:
        return self._rng.choice(STRANGE_VALUES if self._is_odd() else PLAIN_VALUES)

    def _length(self) -> int:
        return self._rng.choice((0, 2**31, 2**40) if self._is_odd() else (1, 2, 5))

    def _deletion(self) -> tuple[int, list[Id]]:
        client = self._rng.choice(CLIENTS if self._is_odd() else sorted(self._clocks))
        end = self._clocks.get(client, 0)
        starts = [self._rng.randrange(max(1, end)) for _ in range(self._rng.randrange(1, 3))]
        return client, [(start, self._length()) for start in starts]

    def _is_odd(self) -> bool:
        return self._rng.random() < self._oddity
