"""A client for tests: a document of its own, in step with a room by frames."""

import json
import random
from collections.abc import Callable, Iterable
from typing import Any

from pycrdt import Doc, Map, Text

from apps.rooms.room import protocol
from apps.rooms.room.encoding import Reader, buffer, string, uint
from apps.rooms.room.protocol import Kind, Sync

Change = Callable[["Doc[Any]"], None]


class Peer:
    """What it hears goes in by `hear`; every call returns the frames to send in answer.

    sent, stored: document frames sent, and how many of them the server says it has stored.
    """

    def __init__(self, client_id: int | None = None) -> None:
        self.doc: Doc[Any] = Doc(client_id=client_id)
        self.sent = 0
        self.stored = 0
        self.refused: list[tuple[int, str]] = []
        self.people: dict[int, Any] = {}
        self.is_synced = False

    def greet(self) -> list[bytes]:
        """The first frames of a new connection."""
        self._begin()
        return [uint(Kind.ASK), protocol.step_1(self.doc.get_state())]

    def _begin(self) -> None:
        self.sent, self.stored, self.is_synced = 0, 0, False

    def edit(self, change: Change) -> list[bytes]:
        before = self.doc.get_state()
        with self.doc.transaction():
            change(self.doc)
        return [self._document_frame(Sync.UPDATE, self.doc.get_update(before))]

    def show(self, state: object, clock: int, client_id: int | None = None) -> list[bytes]:
        return [presence(client_id or self.doc.client_id, clock, state)]

    def hear(self, frame: bytes) -> list[bytes]:
        reader = Reader(frame)
        match reader.uint():
            case Kind.SYNC:
                return self._hear_sync(reader.uint(), reader.buffer())
            case Kind.AWARENESS:
                for entry in protocol.read_presence(reader.buffer()):
                    self.people[entry.client_id] = json.loads(entry.state)
            case Kind.STORED:
                self.stored = reader.uint()
            case Kind.REFUSED:
                self.refused.append((reader.uint(), reader.string()))
        return []

    @property
    def is_saved(self) -> bool:
        return self.is_synced and self.stored == self.sent

    def _hear_sync(self, kind: int, body: bytes) -> list[bytes]:
        if kind == Sync.STEP_1:
            return [self._document_frame(Sync.STEP_2, self.doc.get_update(body))]
        self.doc.apply_update(body)
        self.is_synced = self.is_synced or kind == Sync.STEP_2
        return []

    def _document_frame(self, kind: Sync, update: bytes) -> bytes:
        self.sent += 1
        return uint(Kind.SYNC) + uint(kind) + buffer(update)


class DialectPeer(Peer):
    """Counts the rows of the log, and after a cut asks for those that it missed.

    epoch, seq: it has all rows of that log up to this one. aside: its document when it turned out
    to be of another log.
    """

    def __init__(self, client_id: int | None = None) -> None:
        super().__init__(client_id)
        self.epoch, self.seq = "", 0
        self.how: protocol.How | None = None
        self.aside: Doc[Any] | None = None
        self.verdicts: list[tuple[int, bool]] = []
        self._unsaved: list[bytes] = []
        self._carried = 0

    def greet(self) -> list[bytes]:
        self._begin()
        self._carried = 0
        return [uint(Kind.ASK) + string(self.epoch) + uint(self.seq)]

    def edit(self, change: Change) -> list[bytes]:
        """The frames to send: none while it is not synced, they go out later."""
        frame = super().edit(change)[0]
        self.sent -= 1
        self._unsaved.append(frame)
        return self._send_unsaved()

    @property
    def is_saved(self) -> bool:
        return self.is_synced and not self._unsaved

    def hear(self, frame: bytes) -> list[bytes]:
        reader = Reader(frame)
        match reader.uint():
            case Kind.WELCOME:
                return self._be_welcome(reader)
            case Kind.CHANGED:
                self.seq = reader.uint()
                self.doc.apply_update(reader.buffer())
            case Kind.STORED:
                self._count_stored(reader.uint())
                self.seq = reader.uint()
            case Kind.CHECKED:
                self.verdicts.append((reader.uint(), bool(reader.uint())))
            case Kind.SYNC if reader.uint() == Sync.STEP_1 and not self.is_synced:
                return []  # the welcome of those who speak the standard only
            case _:
                return super().hear(frame)
        return []

    def _be_welcome(self, reader: Reader) -> list[bytes]:
        epoch, seq, how = reader.string(), reader.uint(), protocol.How(reader.uint())
        if self.epoch not in {"", epoch}:
            self.aside, self.doc, self._unsaved = self.doc, Doc(), []
        self.epoch, self.seq, self.how = epoch, seq, how
        self.doc.apply_update(reader.buffer())
        self.is_synced = True
        return self._send_unsaved()

    def _send_unsaved(self) -> list[bytes]:
        if not self.is_synced:
            return []
        frames = self._unsaved[self._carried :]
        self._carried += len(frames)
        self.sent += len(frames)
        return frames

    def _count_stored(self, count: int) -> None:
        newly, self.stored = count - self.stored, count
        del self._unsaved[:newly]
        self._carried -= newly


def presence(client_id: int, clock: int, state: object) -> bytes:
    body = uint(1) + uint(client_id) + uint(clock) + string(json.dumps(state))
    return uint(Kind.AWARENESS) + buffer(body)


def replayed(updates: Iterable[bytes]) -> "Doc[Any]":
    """The document that these make together."""
    doc: Doc[Any] = Doc()
    for update in updates:
        doc.apply_update(update)
    return doc


def first_update() -> bytes:
    """A board as small as can be: one empty note."""
    doc: Doc[Any] = Doc(client_id=1)
    doc.get("notes", type=Map)["data"] = Text()
    return doc.get_update()


# Changes ---------------------------------------------------------------------------------------


def put_component(component_id: str, name: str = "") -> Change:
    def change(doc: "Doc[Any]") -> None:
        components = doc.get("components", type=Map)
        components[component_id] = Map({"name": name, "x": 1.5, "tags": ["a"], "pinned": False})

    return change


def write_note(step_id: str, text: str) -> Change:
    def change(doc: "Doc[Any]") -> None:
        doc.get("notes", type=Map)[step_id].insert(0, text)

    return change


def random_change(rng: random.Random) -> Change:
    """Something a person might do: add, move or delete a component, or write into a note."""

    def change(doc: "Doc[Any]") -> None:
        components = doc.get("components", type=Map)
        ids = sorted(components.keys())
        choice = rng.random()
        if choice < 0.4 or not ids:
            put_component(f"c{rng.randrange(10**6)}", "Ranker")(doc)
        elif choice < 0.6:
            components[rng.choice(ids)]["x"] = rng.random() * 1000
        elif choice < 0.7:
            del components[rng.choice(ids)]
        else:
            _scribble(rng, doc.get("notes", type=Map)["data"])

    return change


def _scribble(rng: random.Random, note: Text) -> None:
    length = len(note)
    if length > 20 and rng.random() < 0.3:
        start = rng.randrange(length - 5)
        del note[start : start + 5]
    else:
        note.insert(rng.randrange(length + 1), f"w{rng.randrange(1000)} ")


def components_of(doc: "Doc[Any]") -> dict[str, Any]:
    plain: dict[str, Any] = doc.get("components", type=Map).to_py() or {}
    return plain


def note_of(doc: "Doc[Any]", step_id: str) -> str:
    return str(doc.get("notes", type=Map)[step_id])
