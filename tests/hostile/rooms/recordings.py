"""Real frames: what clients of both libraries, and our own, say at a board."""

import json
import random
from base64 import b64decode
from collections.abc import Callable
from typing import Any, NamedTuple

from pycrdt import Doc

from apps.rooms.room import protocol
from apps.rooms.room.encoding import buffer, string, uint
from apps.rooms.room.protocol import Kind, PresenceEntry
from tests.rooms.peer import random_change
from tests.rooms.room.libraries import Desk, text_of

WRITERS = 40  # many, because only one mutant can be the next that somebody writes
CHANGES = 3  # of each of them


class Recorded(NamedTuple):
    """A frame, and the part of it that can be changed without a wrong length around it."""

    body: bytes
    wrap: Callable[[bytes], bytes]

    @property
    def frame(self) -> bytes:
        return self.wrap(self.body)


def of_the_document(rng: random.Random, document: bytes, yjs: Desk) -> list[Recorded]:
    """Of many who have this document, and each change it a little."""
    frames: list[Recorded] = []
    for client in range(WRITERS):
        frames += _from_pycrdt(rng, document, 300 + client)
    for client in range(WRITERS // 4):
        frames += _from_yjs(rng, document, client, yjs)
    return frames


def of_presence(rng: random.Random, *clients: int) -> list[Recorded]:
    """As the frame it is, and as a body with the right length around it."""
    states: tuple[object, ...] = (
        {"user": {"name": "Ann", "color": 1}, "cursor": {"x": 1.5, "y": -2}},
        {"cursor": {"x": rng.random(), "y": 0}, "user": {"name": "Zoë 🙂"}, "selected": ["a", "b"]},
        {},
        None,
    )
    bodies = [
        protocol.presence_body([PresenceEntry(client, clock, json.dumps(state))])
        for client in clients
        for clock, state in enumerate(states, 1)
    ]
    return [
        *(_as_it_is(_awareness(body)) for body in bodies),
        *(Recorded(body, _awareness) for body in bodies),
    ]


def of_our_own(epoch: str) -> list[Recorded]:
    """What only our clients say, and the one question of the standard without a body."""
    frames = (
        uint(Kind.QUERY_AWARENESS),
        uint(Kind.ASK),
        uint(Kind.ASK) + string("") + uint(0),
        uint(Kind.ASK) + string(epoch) + uint(2),
        uint(Kind.CHECK) + uint(2) + string("0" * 64),
    )
    return [_as_it_is(frame) for frame in frames]


def _awareness(body: bytes) -> bytes:
    return uint(Kind.AWARENESS) + buffer(body)


def _update(update: bytes) -> Recorded:
    return Recorded(update, protocol.update_frame)


def _step_2(update: bytes) -> Recorded:
    return Recorded(update, protocol.step_2)


def _as_it_is(frame: bytes) -> Recorded:
    return Recorded(frame, bytes)


def _from_pycrdt(rng: random.Random, document: bytes, client: int) -> list[Recorded]:
    doc: Doc[Any] = Doc(client_id=client)
    doc.apply_update(document)
    first, updates = doc.get_state(), []
    for _ in range(CHANGES):
        before = doc.get_state()
        random_change(rng)(doc)
        updates.append(doc.get_update(before))
    return [
        *map(_update, updates),
        _step_2(doc.get_update(first)),
        Recorded(doc.get_state(), protocol.step_1),
    ]


def _from_yjs(rng: random.Random, document: bytes, client: int, yjs: Desk) -> list[Recorded]:
    name = f"writer {client}"
    yjs.ask(open=name, client=2**31 + client, gc=rng.random() < 0.5)
    yjs.ask(hear=name, update=text_of(document))
    sent = yjs.ask(edit=name, seed=rng.randrange(2**32), steps=8)["updates"]
    whole = yjs.ask(since=name, vector=text_of(b"\0"))["update"]
    return [*(_update(b64decode(update)) for update in sent), _step_2(b64decode(whole))]
