"""Two honest people at a table where somebody else misbehaves, and what they must not notice."""

import json
from typing import Any

from pycrdt import Map

from apps.rooms.room import protocol
from apps.rooms.room.connection import Person
from apps.rooms.room.encoding import Reader
from apps.rooms.room.protocol import Kind
from tests.hostile.rooms.intruders import ANN, BOB, Intruder
from tests.rooms.peer import DialectPeer, first_update, put_component
from tests.rooms.table import BOARD, Table


class Bystanders:
    """One speaks the standard only, the other our dialect."""

    def __init__(self) -> None:
        self.table = Table(first_update())
        self.ann = self.table.sit(ANN)
        self.bob = self.table.sit(BOB, DialectPeer())
        self.table.settle()
        self._document = self.table.room.timeline.whole()
        self._rows = len(self.table.log)

    def beside(self, person: Person) -> Intruder:
        return Intruder(self.table, person)

    def assert_undisturbed(self, person: Person) -> None:
        """Nothing was stored, and all they heard of `person` is that he was there."""
        assert self.table.room.timeline.whole() == self._document
        assert len(self.table.log) == self._rows
        for seat in (self.ann, self.bob):
            assert seat.socket.closed is None
            assert all(is_presence_of(person, frame) for frame in seat.socket.frames)
        self._assert_together()

    def _assert_together(self) -> None:
        self.ann.edit(put_component("after all that"))
        self.table.settle()
        assert self.ann.peer.is_saved
        assert content_of(self.bob.peer.doc) == content_of(self.ann.peer.doc)


def is_presence_of(person: Person, frame: bytes) -> bool:
    """Where he is, under the name that the server knows him by, or that he has left."""
    reader = Reader(frame)
    if reader.uint() != Kind.AWARENESS:
        return False
    states = [json.loads(entry.state) for entry in protocol.read_presence(reader.buffer())]
    return all(state is None or state["user"] == person.user for state in states)


def content_of(doc: Any) -> object:
    return {root: doc.get(root, type=Map).to_py() for root in BOARD}
