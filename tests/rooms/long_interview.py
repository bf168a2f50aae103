"""A scripted interview of two hours: what two people write to a board, update by update.

The changes are those of `frontend/src/document/changes.ts`: a drop sets x and y of every card it
moves, in one transaction; text is typed a few characters at a time, with words taken back; undo
puts earlier values in again. The 200,000 moves of the pointer are presence and leave no update.

    python -m tests.rooms.long_interview [seed]

prints what the document weighs, and how fast it opens.
"""

import random
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from operator import itemgetter
from typing import Any, TypeVar

from pycrdt import Doc, Map, Text, TransactionEvent, UndoManager

from apps.rooms.documents import SCHEMAS, DocumentName
from apps.rooms.reader import Reader, Want
from apps.rooms.room.ledger import Ledger
from apps.rooms.room.merging import merge

DROPS = 20_000
EDITS = 20_000
STEPS = ("clarify", "metrics", "frame", "data", "features", "model", "serve", "evaluate", "wrap-up")
CARDS_MAX = 80
WORDS = ("the", "ranker", "reads", "clicks", "from", "Kafka", "every", "5", "minutes,", "cheaply")
OWN = "own change of the board"

Result = TypeVar("Result")


class Writer:
    """One person's browser. `sent`: the updates of what it has just done."""

    def __init__(self, client_id: int, rng: random.Random) -> None:
        self.doc: Doc[Any] = Doc(client_id=client_id)
        self.sent: list[bytes] = []
        self._rng = rng
        self._cursor: tuple[str, int] | None = None  # a note, and a place in it
        self._cards, self._connections, self._strokes, self._notes = (
            self.doc.get(root, type=Map)
            for root in ("components", "connections", "strokes", "notes")
        )
        board = [self._cards, self._connections, self._strokes]
        # By a clock of its own: what is one step of undo must not depend on the machine.
        clock = partial(next, count())
        self._undo = UndoManager(scopes=board, capture_timeout_millis=0, timestamp=clock)
        self._undo.include_origin(OWN)

    def hear(self, updates: list[bytes]) -> None:
        for update in updates:
            self.doc.apply_update(update)

    def do(self, act: Callable[["Writer"], None]) -> list[bytes]:
        """The updates to send, as the provider would see them."""
        self.sent = []
        subscription = self.doc.observe(self._keep)
        act(self)
        self.doc.unobserve(subscription)
        return self.sent

    def _keep(self, event: TransactionEvent) -> None:
        self.sent.append(event.update)

    # What people do

    def drop(self) -> None:
        if self._rng.random() < 0.005 and len(self._strokes):
            return self._move_stroke()
        ids = sorted(self._cards.keys())
        count = self._rng.choice((1, 1, 1, 1, 2, 3, 8))
        with self.doc.transaction(origin=OWN):
            for card_id in self._rng.sample(ids, min(count, len(ids))):
                card = self._cards[card_id]
                card["x"], card["y"] = self._place(), self._place()
        return None

    def edit(self) -> None:
        choice = self._rng.random()
        if choice < 0.88:
            self._type()
        elif choice < 0.93 and self._undo.can_undo():
            self._undo.undo()
        elif choice < 0.94:
            self._add_stroke()
        elif choice < 0.96:
            self._rename()
        elif choice < 0.98 or len(self._cards) < CARDS_MAX // 2:
            self._add_card()
        else:
            self._delete_card()

    def _type(self) -> None:
        """Goes on where this person was typing, mostly; now and then a few words go again."""
        if self._cursor is None or self._rng.random() < 0.02:
            self._cursor = (self._rng.choice(STEPS), 0)
        step, at = self._cursor
        note = self._notes[step]
        at = min(at, len(note))
        if at > 8 and self._rng.random() < 0.15:
            del note[at - 6 : at]
            self._cursor = (step, at - 6)
        else:
            word = self._rng.choice(WORDS)
            typed = self._rng.choice((word[0], f"{word} "))
            note.insert(at, typed)
            self._cursor = (step, at + len(typed))

    def _add_card(self) -> None:
        if len(self._cards) >= CARDS_MAX:
            return self._delete_card()
        ids = sorted(self._cards.keys())
        card_id = self._new_id()
        with self.doc.transaction(origin=OWN):
            self._cards[card_id] = Map(self._card(len(ids)))
            if ids:
                ends = {"source": self._rng.choice(ids), "target": card_id}
                values = {**ends, "kind": "sync", "label": "", "waypoints": [], "z": "a0"}
                self._connections[self._new_id()] = Map(values)
        return None

    def _card(self, place_of_painting: int) -> dict[str, object]:
        return {
            "type": "service",
            "name": self._rng.choice(WORDS),
            "notes": "",
            "x": self._place(),
            "y": self._place(),
            "width": 160.0,
            "height": 52.0,
            "group": "",
            "pinned": False,
            "tags": [],
            "fields": {},
            "z": f"a{place_of_painting:04}",
        }

    def _delete_card(self) -> None:
        """With its connections, as the board does."""
        card_id = self._rng.choice(sorted(self._cards.keys()))
        lines = sorted(self._connections.items(), key=itemgetter(0))
        with self.doc.transaction(origin=OWN):
            del self._cards[card_id]
            for line_id, line in lines:
                if card_id in (line["source"], line["target"]):
                    del self._connections[line_id]

    def _rename(self) -> None:
        card = self._cards[self._rng.choice(sorted(self._cards.keys()))]
        with self.doc.transaction(origin=OWN):
            card["name"] = " ".join(self._rng.sample(WORDS, 3))

    def _add_stroke(self) -> None:
        if len(self._strokes) > 20:
            return
        points = [[self._place(), self._place(), 0.5] for _ in range(60)]
        with self.doc.transaction(origin=OWN):
            self._strokes[self._new_id()] = Map(
                {"points": points, "color": "ink", "width": 3.0, "z": "a0"}
            )

    def _move_stroke(self) -> None:
        """All points are written anew: the largest thing that a drop can write."""
        stroke = self._strokes[self._rng.choice(sorted(self._strokes.keys()))]
        with self.doc.transaction(origin=OWN):
            stroke["points"] = [[x + 1.5, y - 2.0, force] for x, y, force in stroke["points"]]

    def _place(self) -> float:
        return self._rng.randrange(-20_000, 20_000) / 8

    def _new_id(self) -> str:
        return f"{self._rng.getrandbits(128):032x}"


def beginning() -> bytes:
    """What the server writes first."""
    doc: Doc[Any] = Doc(client_id=1)
    steps, notes = doc.get("steps", type=Map), doc.get("notes", type=Map)
    with doc.transaction():
        for number, step in enumerate(STEPS, start=1):
            steps[step] = Map({"number": float(number), "status": "open"})
            notes[step] = Text()
        doc.get("components", type=Map)["a"] = Map(
            {"name": "Client", "x": 0.0, "y": 0.0, "z": "a0"}
        )
    return doc.get_update()


def interview(seed: int, drops: int = DROPS, edits: int = EDITS) -> Iterator[bytes]:
    """The rows of its log. Both people hear of each change before the next."""
    rng = random.Random(seed)
    writers = [Writer(2, rng), Writer(3, rng)]
    first = beginning()
    for writer in writers:
        writer.hear([first])
    yield first
    acts = [Writer.drop] * drops + [Writer.edit] * edits
    rng.shuffle(acts)
    for act in acts:
        writer, other = rng.sample(writers, 2)
        updates = writer.do(act)
        other.hear(updates)
        yield from updates


def main(seed: int) -> None:
    rows, took_ms = timed(lambda: list(interview(seed)))
    say(f"seed {seed}: {len(rows)} rows, {sum(map(len, rows))} bytes, written in {took_ms:.0f} ms")
    schema, reader = SCHEMAS[DocumentName.BOARD], Reader()
    _, took_ms = timed(lambda: reader.read([], schema, {Want.CONTENT}))
    say(f"the reader's start: {took_ms:.0f} ms")
    snapshot = reader.read(rows, schema, {Want.SNAPSHOT}).snapshot
    say(f"snapshot: {len(snapshot)} bytes")
    for name, payloads in {"all rows": rows, "the snapshot": [snapshot]}.items():
        for want in Want:
            _, took_ms = timed(partial(reader.read, payloads, schema, {want}))
            say(f"{want} from {name}: {took_ms:.0f} ms")
    _, took_ms = timed(lambda: merge([Ledger(schema).add_base(snapshot)]))
    say(f"the room's own account of the snapshot, and its answer to a joiner: {took_ms:.0f} ms")
    reader.stop()


def timed(work: Callable[[], Result]) -> tuple[Result, float]:
    started = time.perf_counter()
    result = work()
    return result, (time.perf_counter() - started) * 1000


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
