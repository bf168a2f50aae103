"""The live document of a room: the one place where a client's bytes meet the CRDT library.

`accept` is the seam. Whatever it lets through is in the document, waits to be stored, and will be
seen by everybody; whatever it refuses, nobody sees.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeAlias

from pycrdt import Doc

from apps.rooms.room.outlines import Outline, Run, outline_of
from apps.rooms.room.updates import Unacceptable, Vector, vector_of


@dataclass(frozen=True, slots=True)
class Accepted:
    """is_news: False if the document had all of it already, so that there is nothing to store."""

    is_news: bool = True


@dataclass(frozen=True, slots=True)
class Refused:
    """The document is as it was."""

    why: str


@dataclass(frozen=True, slots=True)
class HasGap:
    """It builds on changes that never came, or deletes them: ask for those first."""


@dataclass(frozen=True, slots=True)
class Broke:
    """The library failed in the middle of it: this document must be loaded again."""

    why: str


Verdict: TypeAlias = Accepted | Refused | HasGap | Broke


class Broken(Exception):
    """The library failed on stored changes: this document must be loaded again."""


class LiveDocument:
    """No observers: the updates to pass on are those that came over the wire.

    roots: the names of its root maps. updates: what is stored of it, in order.
    """

    def __init__(self, roots: frozenset[str], updates: Iterable[bytes] = ()) -> None:
        self.roots = roots
        self._doc = load(updates)
        self._note_state()

    def accept(self, update: bytes) -> Verdict:
        try:
            outline = outline_of(update, self.roots)
        except Unacceptable as error:
            return Refused(str(error))
        reached = self._vector_after(outline)
        if self._has_gap(outline, reached):
            return HasGap()
        if not self._is_news(outline):
            return Accepted(is_news=False)
        return self._apply(update, reached)

    def is_known(self, update: bytes) -> bool:
        """Whether the document has all of it already; False too if it is not an update at all."""
        try:
            return not self._is_news(outline_of(update, self.roots))
        except Unacceptable:
            return False

    def add_stored(self, update: bytes) -> None:
        """Applies a row of the log, which was accepted before. Raises Broken."""
        with _panics_as_broken():
            self._doc.apply_update(update)
        self._note_state()

    def whole(self) -> bytes:
        return self._doc.get_update()

    def since(self, state_vector: bytes) -> bytes:
        """What somebody with this state vector lacks. Raises Unacceptable."""
        vector_of(state_vector)
        try:
            return self._doc.get_update(state_vector)
        except ValueError as error:
            raise Unacceptable(str(error)) from error

    def _apply(self, update: bytes, reached: Vector) -> Verdict:
        try:
            with _panics_as_broken():
                self._doc.apply_update(update)
        except Broken as error:
            return Broke(str(error))
        self._note_state()
        if self._vector != reached:
            return Broke("Part of it was not taken in.")
        return Accepted()

    def _note_state(self) -> None:
        self.state_vector = self._doc.get_state()
        self._vector = vector_of(self.state_vector)

    def _has_gap(self, outline: Outline, reached: Vector) -> bool:
        return (
            outline.has_hole
            or any(run.start > self._vector.get(run.client, 0) for run in outline.added)
            or any(run.end > reached.get(run.client, 0) for run in outline.deleted)
            or any(clock >= reached.get(client, 0) for client, clock in outline.builds_on.items())
        )

    def _vector_after(self, outline: Outline) -> Vector:
        ends = {run.client: run.end for run in outline.added if run.end > run.start}
        return self._vector | {
            client: max(end, self._vector.get(client, 0)) for client, end in ends.items()
        }

    def _is_news(self, outline: Outline) -> bool:
        """Every step 2 repeats all deletions; most say nothing new."""
        if any(run.end > self._vector.get(run.client, 0) for run in outline.added):
            return True
        return bool(outline.deleted) and not _covers(self._deletions(), outline.deleted)

    def _deletions(self) -> tuple[Run, ...]:
        return outline_of(self._doc.get_update(self._doc.get_state()), self.roots).deleted


def load(updates: Iterable[bytes]) -> "Doc[Any]":
    """The document that these rows of a log make. Raises Broken."""
    doc: Doc[Any] = Doc()
    with _panics_as_broken(), doc.transaction():
        for update in updates:
            doc.apply_update(update)
    return doc


@contextmanager
def _panics_as_broken() -> Iterator[None]:
    """A panic of the library is a BaseException of its own, and leaves a document half changed."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        raise Broken(f"{type(error).__name__}: {error}") from error


def _covers(known: tuple[Run, ...], wanted: tuple[Run, ...]) -> bool:
    by_client: dict[int, list[Run]] = {}
    for run in known:
        by_client.setdefault(run.client, []).append(run)
    return all(
        any(run.start <= one.start and one.end <= run.end for run in by_client.get(one.client, []))
        for one in wanted
    )
