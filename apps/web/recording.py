"""A worked design as if people had just made it together, so that the demo has a session to replay.

It opens documents with the CRDT library: for the command that loads the demo, not for the server.
"""

import random
import re
from collections.abc import Sequence
from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.utils import timezone
from pycrdt import Doc, Map, Text

from apps.designs.document.board import MAKERS
from apps.designs.document.live import update_of
from apps.designs.document.types import DesignDocument
from apps.designs.models import DesignSession
from apps.rooms.documents import DocumentKey, DocumentName
from apps.rooms.domain.log import Batch, Entry, Row, append, find_log, read_after
from apps.rooms.models import Update

SEED: Final = 9  # the same session on every machine
# Somebody types a few words at a time; what they say between two thoughts takes longer.
WORDS_AT_ONCE: Final = re.compile(r"(?:\S+\s*){1,3}|\s+")
TYPING_S, PLACING_S, TALKING_S = (0.6, 2.0), (2.0, 9.0), (6.0, 40.0)
FALSE_START: Final = "First guess: "  # typed before each step and taken back
FIRST_SEQ: Final = 1  # the change that creates the design
# Everything has to be there before what hangs on it.
ORDER: Final = ("groups", "components", "stickies", "texts", "strokes", "connections")


def without_content(document: DesignDocument) -> DesignDocument:
    """The same steps; nothing written, nothing on the board."""
    empty = deepcopy(document)
    for step in empty["steps"]:
        step["notes"] = ""
    for kind in MAKERS:
        empty["board"][kind] = []  # type: ignore[literal-required]
    return empty


def record(
    design: DesignSession,
    document: DesignDocument,
    people: Sequence[UUID],
    held: tuple[datetime, timedelta] | None = None,
) -> None:
    """Writes into the empty design what the document holds.

    people: participants; the first does most of it. held: when it began and how long it took; None:
    it took as long as it takes, until a minute ago.
    """
    log_id = find_log(DocumentKey(design.id, DocumentName.BOARD))
    recorder = _Recorder(read_after(log_id, 0), document, people)
    recorder.hold()
    began, *entries = recorder.timed_entries(held)
    append([Batch(log_id, FIRST_SEQ + 1, entries)])
    Update.objects.filter(log=log_id, seq=FIRST_SEQ).update(at=began.at)


class _Recorder:
    """Makes the changes one by one, and remembers who made each and when."""

    def __init__(
        self, rows: Sequence[Row], document: DesignDocument, people: Sequence[UUID]
    ) -> None:
        self._rng = random.Random(SEED)  # noqa: S311 nothing secret hangs on it
        self._people = people
        self._document = document
        self._doc = _document_of(row.payload for row in rows)
        self._wanted = _document_of([update_of(document)])
        # The beginning is there already, and only gets its time.
        self._entries = [Entry(row.payload) for row in rows]
        self._seconds = [0.0]

    def hold(self) -> None:
        """Step by step: some of the board, the notes, and a talk."""
        steps = self._document["steps"]
        items = [(kind, key) for kind in ORDER for key in sorted(self._root(kind).keys())]
        share = -(-len(items) // len(steps))
        for number, step in enumerate(steps):
            for kind, key in items[number * share : (number + 1) * share]:
                self._place(kind, key)
            self._write(step["id"], step["notes"])

    def timed_entries(self, held: tuple[datetime, timedelta] | None) -> list[Entry]:
        taken = timedelta(seconds=self._seconds[-1])
        began, length = held or (timezone.now() - timedelta(minutes=1) - taken, taken)
        times = [began + length * (at / self._seconds[-1]) for at in self._seconds]
        return [entry._replace(at=at) for entry, at in zip(self._entries, times, strict=True)]

    def _root(self, kind: str) -> "Map[Any]":
        root: Map[Any] = self._wanted.get(kind, type=Map)
        return root

    def _place(self, kind: str, key: str) -> None:
        """Put down a little off, then moved to where it belongs."""
        values = self._root(kind)[key].to_py()
        who = self._somebody()
        shown = self._doc.get(kind, type=Map)
        if "x" not in values:
            self._change(who, PLACING_S, lambda: shown.update({key: Map(values)}))
            return
        off = {
            **values,
            "x": values["x"] + self._rng.choice([-48.0, 60.0]),
            "y": values["y"] + 40.0,
        }
        self._change(who, PLACING_S, lambda: shown.update({key: Map(off)}))
        place = {"x": values["x"], "y": values["y"]}
        self._change(who, PLACING_S, lambda: shown[key].update(place))

    def _write(self, step_id: str, text: str) -> None:
        if not text:
            return
        note: Text = self._doc.get("notes", type=Map)[step_id]
        self._change(self._people[0], TALKING_S, lambda: note.insert(0, FALSE_START))
        self._change(self._people[0], PLACING_S, note.clear)
        for words in WORDS_AT_ONCE.findall(text):
            pace = TALKING_S if words.endswith("\n") and self._rng.random() < 0.4 else TYPING_S
            self._change(self._people[0], pace, lambda words=words: note.insert(_end(note), words))

    def _somebody(self) -> UUID:
        return self._people[0] if self._rng.random() < 0.8 else self._rng.choice(self._people)

    def _change(self, who: UUID, pace_s: tuple[float, float], make: Any) -> None:
        before = self._doc.get_state()
        with self._doc.transaction():
            make()
        self._entries.append(Entry(self._doc.get_update(before), who))
        self._seconds.append(self._seconds[-1] + self._rng.uniform(*pace_s))


def _document_of(updates: Any) -> "Doc[Any]":
    doc: Doc[Any] = Doc(client_id=SEED)
    for update in updates:
        doc.apply_update(update)
    return doc


def _end(note: Text) -> int:
    """Where a text ends, as the library counts: in bytes."""
    return len(str(note).encode())
