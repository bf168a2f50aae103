"""What a document has taken in: which changes fit it, and what in them is new.

The web process never opens a document. It keeps this account of it: how far each client has come,
whose client ids they are, in which container each struct lives and what is deleted. That is enough
to say of any update whether pycrdt and Yjs would both take it in whole, and read it alike.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias
from uuid import UUID

from apps.rooms.room.ordering import Line, Orderer, Piece, Pieces
from apps.rooms.room.protocol import Refusal
from apps.rooms.room.schema import Holds, Schema
from apps.rooms.room.updates import (
    ANY,
    COLLECTED,
    DELETED,
    MAP,
    SKIP,
    STRING,
    TEXT,
    TYPE,
    Id,
    Read,
    Run,
    Section,
    Struct,
    Unacceptable,
    Update,
    Vector,
    read_update,
    state_vector_of,
    write_update,
)

__all__ = [
    "Accepted",
    "Change",
    "HasGap",
    "Ledger",
    "Refusal",
    "Refused",
    "Run",
    "Section",
    "Unacceptable",
    "Verdict",
]


class Change(NamedTuple):
    """What is new in an update.

    update: exactly that, in bytes. new_clients: client ids that nobody had used before.
    """

    update: bytes
    sections: tuple[Section, ...]
    deleted: tuple[Run, ...]
    new_clients: tuple[int, ...]


class Accepted(NamedTuple):
    """change: None if nothing in it is new."""

    change: Change | None


class Refused(NamedTuple):
    """The ledger is as it was."""

    reason: Refusal
    detail: str


@dataclass(frozen=True, slots=True)
class HasGap:
    """It builds on what the ledger lacks, or starts in the middle of a struct that it has: ask for
    a diff against its vector. The ledger is as it was."""


Verdict: TypeAlias = Accepted | Refused | HasGap


class Ledger:
    """owners: who first used each client id; None is the server. vector: client -> next clock."""

    def __init__(self, schema: Schema, owners: Mapping[int, UUID | None] | None = None) -> None:
        self.owners: dict[int, UUID | None] = dict(owners or {})
        self.vector: Vector = {}
        self._roots = {name: _root(holds) for name, holds in schema.items()}
        self._clients: dict[int, _Client] = {}
        self._pieces: dict[int, Pieces] = {}
        self._state_vector: bytes | None = None

    @property
    def state_vector(self) -> bytes:
        if self._state_vector is None:
            self._state_vector = state_vector_of(self.vector)
        return self._state_vector

    def accept(self, update: bytes, author: UUID | None) -> Verdict:
        """Takes in an update from somebody, or says why not."""
        try:
            change = self._take(update, author, is_checked=True)
        except Unacceptable as error:
            return Refused(error.reason, str(error))
        except _Gap:
            return HasGap()
        return Accepted(change)

    def add_stored(self, update: bytes, author: UUID | None) -> Change:
        """Takes in a row of the log, which was accepted before. Raises Unacceptable."""
        try:
            change = self._take(update, author, is_checked=False)
        except _Gap as error:
            raise Unacceptable(f"It builds on what is not there: {error}") from error
        return change or Change(write_update((), {}), (), (), ())

    def add_base(self, update: bytes) -> Change:
        """Takes in a snapshot, first of all. Raises Unacceptable."""
        if self.vector:
            raise ValueError(f"A snapshot comes first, not after {len(self.vector)} clients.")
        return self.add_stored(update, None)

    def is_known(self, update: bytes) -> bool:
        """Whether somebody who sends this has no news; False too if it is not an update at all.

        What is deleted only because of a conflict (two values for one key, or a change inside
        something deleted) is known: every copy works that out for itself.
        """
        try:
            read = read_update(update)
        except Unacceptable:
            return False
        return all(
            section.end <= self.vector.get(section.client, 0) for section in read.sections
        ) and all(
            self._is_known_deleted(client, start, end)
            for client, runs in read.deleted.items()
            for start, end in runs
        )

    # Taking in

    def _take(self, data: bytes, author: UUID | None, *, is_checked: bool) -> Change | None:
        update = read_update(data)
        fresh = [new for section in update.sections if (new := self._new_part(section))]
        if is_checked:
            self._check_owners(fresh, author)
        draft = _Draft(self._pieces)
        try:
            self._place(fresh, draft)
            deleted = self._new_deletions(update, draft)
        except (Unacceptable, _Gap):
            self._undo(draft)
            raise
        if not fresh and not deleted:
            return None
        self._delete(deleted)
        return self._settle(data, update, fresh, deleted, author, draft)

    def _new_part(self, section: Read) -> "_Incoming | None":
        """The structs that are new, None if none is. Raises _Gap."""
        known = self.vector.get(section.client, 0)
        if section.end <= known:
            return None
        structs, clock, body = section.structs, section.start, section.body
        if clock > known:
            raise _Gap(f"clock {clock} of {section.client} after {known}")
        for index, struct in enumerate(structs):
            if clock == known:
                rest = structs[index:] if index else structs
                return _Incoming(section.client, clock, section.end, rest, body)
            clock += struct[1]
            body = struct[7]
            if clock > known:
                break
        raise _Gap(f"starts within a struct before {clock} of {section.client}")

    def _check_owners(self, fresh: "list[_Incoming]", author: UUID | None) -> None:
        for section in fresh:
            if self.owners.get(section.client, author) != author:
                raise Unacceptable(
                    f"Client {section.client} is somebody else's.", Refusal.NOT_YOURS
                )

    def _place(self, fresh: "list[_Incoming]", draft: "_Draft") -> None:
        """Finds the container of every new struct; those that it builds on come first."""
        for section in fresh:
            draft.begin(section.client, self._clients)
            self._pieces[section.client] = self._clients[section.client].pieces
        waiting = {section.client: section for section in fresh}
        stuck: set[int] = set()
        wanted: int | None = None
        while waiting:
            section = waiting[wanted] if wanted is not None else next(iter(waiting.values()))
            before = section.position
            wanted = self._place_section(section, draft)
            if section.position > before:
                stuck.clear()
            if wanted is None:
                del waiting[section.client]
            elif wanted not in waiting:
                raise _Gap(f"client {wanted} has not come so far")
            elif wanted in stuck or wanted == section.client:
                raise Unacceptable("Structs that build on one another.")
            else:
                stuck.add(section.client)

    def _place_section(self, section: "_Incoming", draft: "_Draft") -> int | None:
        """None when all is placed, or the client of a struct that must come first."""
        client = self._clients[section.client]
        structs = section.structs
        clock = client.clock
        for index in range(section.position, len(structs)):
            struct = structs[index]
            kind, length, left, right, parent, key, detail, _ = struct
            if kind == COLLECTED:
                home = COLLECTED_AWAY
            elif kind == SKIP:
                raise _Gap(f"a hole at {clock} of {section.client}")
            else:
                missing = self._missing(left, right, parent)
                if missing is not None:
                    section.position = index
                    return missing
                home = self._home(left, right, parent, key, draft)
                if kind == DELETED:
                    client.note_deleted(clock, clock + length)
                elif kind == home.content:
                    if kind == TYPE:
                        if detail != home.type_ref:
                            raise _misplaced(struct)
                        self._add_type(section.client, client, clock, struct, home, draft)
                    elif detail:
                        client.halves.update([clock + offset for offset in detail])  # type: ignore[union-attr]
                    elif kind == ANY and length > 1:
                        draft.must_be_deleted.append(Run(section.client, clock, clock + length))
                elif home is not COLLECTED_AWAY or kind == TYPE:
                    raise _misplaced(struct)
                elif detail:
                    client.halves.update([clock + offset for offset in detail])  # type: ignore[union-attr]
                if not home.is_keyed and not home.is_gone:
                    piece = Piece(section.client, clock, clock + length, left, right)
                    if not draft.orderer.put(home.line, piece):
                        draft.must_be_gone.append(home)
            if home is not client.homes[-1]:
                client.starts.append(clock)
                client.homes.append(home)
            clock += length
            client.clock = clock
        section.position = len(structs)
        return None

    def _missing(self, left: Id | None, right: Id | None, parent: str | Id | None) -> int | None:
        """The client of a struct that is named but not there yet."""
        for reference in (left, right, parent):
            if isinstance(reference, tuple):
                client = self._clients.get(reference[0])
                if client is None or reference[1] >= client.clock:
                    return reference[0]
        return None

    def _home(
        self,
        left: Id | None,
        right: Id | None,
        parent: str | Id | None,
        key: str | None,
        draft: "_Draft",
    ) -> "_Container":
        """The container of a struct with these neighbours, or else this parent."""
        if left is None and right is None:
            return self._home_by_parent(parent, key, draft)
        if left is None:
            return self._home_of_right(right)  # type: ignore[arg-type]
        client = self._clients[left[0]]
        if left[1] in client.halves:
            raise Unacceptable("A struct between the halves of a character.")
        home = client.home_at(left[1])
        if right is not None:
            if home.is_keyed:
                raise Unacceptable("A right neighbour under a key.")
            other = self._home_of_right(right)
            if other is not home:
                if home is not COLLECTED_AWAY and other is not COLLECTED_AWAY:
                    raise Unacceptable("Neighbours in different containers.")
                if home is COLLECTED_AWAY:
                    home = other
                draft.must_be_gone.append(home)
        elif home.is_keyed and left[1] not in client.types and client.is_deleted(left[1]):
            home.is_contested = True
        return home

    def _home_of_right(self, right: Id) -> "_Container":
        client = self._clients[right[0]]
        if right[1] - 1 in client.halves:
            raise Unacceptable("A struct between the halves of a character.")
        home = client.home_at(right[1])
        if home.is_keyed:
            raise Unacceptable("A right neighbour under a key.")
        return home

    def _home_by_parent(
        self, parent: str | Id | None, key: str | None, draft: "_Draft"
    ) -> "_Container":
        if isinstance(parent, str):
            home = self._roots.get(parent)
            if home is None:
                raise Unacceptable(f"A root {parent[:40]!r}.", Refusal.UNKNOWN_CONTENT)
        else:
            assert parent is not None
            home = self._type_at(parent)
            if home is COLLECTED_AWAY:
                return home
        if home.is_keyed != (key is not None):
            raise Unacceptable("A key in a text, or a map without one.", Refusal.UNKNOWN_CONTENT)
        if key is not None and home.content == ANY:
            if home.siblings is None:
                home.is_contested = home.is_contested or home not in draft.made
            elif key in home.siblings:
                home.is_contested = True
            else:
                home.siblings[key] = []
        return home

    def _type_at(self, parent: Id) -> "_Container":
        client = self._clients[parent[0]]
        home = client.types.get(parent[1])
        if home is not None:
            return home
        if client.was_collected(parent[1]):
            return COLLECTED_AWAY
        raise Unacceptable(f"Struct {parent} holds nothing.")

    def _add_type(
        self,
        client_id: int,
        client: "_Client",
        clock: int,
        struct: Struct,
        home: "_Container",
        draft: "_Draft",
    ) -> None:
        _, _, left, _, _, key, detail, _ = struct
        if left is not None:
            before = self._clients[left[0]].types.get(left[1])
            key = before.key if before is not None else None
        made = _container_of(detail, key, home, (client_id, clock))  # type: ignore[arg-type]
        client.types[clock] = made
        client.type_clocks.append(clock)
        draft.made.append(made)

    # Deletions

    def _new_deletions(self, update: Update, draft: "_Draft") -> dict[int, list[Id]]:
        deleted = {}
        for client_id, runs in update.deleted.items():
            client = self._clients.get(client_id)
            if client is None or runs[-1][1] > client.clock:
                raise _Gap(f"deletes what is not there of {client_id}")
            new: list[Id] = []
            for start, end in runs:
                if not client.is_deleted_run(start, end):
                    if start - 1 in client.halves or end - 1 in client.halves:
                        raise Unacceptable("A deletion of half a character.")
                    new += client.not_deleted_in(start, end)
            if new:
                deleted[client_id] = new
        for client_id, start, end in draft.must_be_deleted:
            # A browser joins values of a key into one struct only when all are deleted.
            if not any(
                run[0] <= start and end <= run[1] for run in update.deleted.get(client_id, ())
            ):
                raise Unacceptable("Several values for one key.")
        for container in draft.must_be_gone:
            if not container.is_gone and not _covers(deleted, container.id):
                raise Unacceptable("Neighbours in different containers.")
        return deleted

    def _delete(self, deleted: dict[int, list[Id]]) -> None:
        for client_id, runs in deleted.items():
            client = self._clients[client_id]
            for start, end in runs:
                client.delete(start, end)

    def _is_known_deleted(self, client_id: int, start: int, end: int) -> bool:
        client = self._clients.get(client_id)
        if client is None or end > client.clock:
            return False
        return all(
            self._may_be_deleted(client, clock, home)
            for piece in client.not_deleted_in(start, end)
            for clock, home in client.homes_in(*piece)
        )

    def _may_be_deleted(self, client: "_Client", clock: int, home: "_Container") -> bool:
        made = client.types.get(clock)
        if made is not None:
            return made.may_have_lost
        return home.is_contested or home.may_have_lost

    # The end of it

    def _settle(
        self,
        data: bytes,
        update: Update,
        fresh: "list[_Incoming]",
        deleted: dict[int, list[Id]],
        author: UUID | None,
        draft: "_Draft",
    ) -> Change:
        sections = tuple(section.as_bytes(data) for section in fresh)
        new_clients = tuple(one.client for one in fresh if one.client not in self.owners)
        for client in new_clients:
            self.owners[client] = author
        for section in fresh:
            self.vector[section.client] = section.end
        for made in draft.made:
            made.join_siblings()
        self._state_vector = None
        is_all_new = (
            update.is_regular
            and deleted == update.deleted
            and len(fresh) == len(update.sections)
            and all(
                new.start == section.start
                for new, section in zip(fresh, update.sections, strict=True)
            )
        )
        runs = tuple(
            Run(client, start, end) for client, pairs in deleted.items() for start, end in pairs
        )
        change = data if is_all_new else write_update(sections, deleted)
        return Change(change, sections, runs, new_clients)

    def _undo(self, draft: "_Draft") -> None:
        for client_id, mark in draft.marks.items():
            if mark is None:
                self._clients[client_id].pieces.go_back(0)
                del self._clients[client_id], self._pieces[client_id]
            else:
                self._clients[client_id].go_back(mark)


# Containers ------------------------------------------------------------------------------------


class _Container:
    """A root map, a shared type in one of them, or (COLLECTED_AWAY) one nobody knows any more.

    content, type_ref: what may be in it. id: the item that holds it. siblings: of a root, what its
    keys have led to so far. is_contested: two clients may have written to one of its keys.
    """

    __slots__ = (
        *("content", "is_keyed", "type_ref"),
        *("id", "is_contested", "is_gone", "key", "line", "root", "siblings"),
    )

    def __init__(self, content: int, *, is_keyed: bool, type_ref: int = 0) -> None:
        self.content = content
        self.type_ref = type_ref
        self.is_keyed = is_keyed
        self.id: Id = (0, 0)
        self.root: _Container | None = None
        self.key: str | None = None
        self.siblings: dict[str | None, list[_Container]] | None = None
        self.is_gone = False
        self.is_contested = False
        self.line = Line()

    @property
    def may_have_lost(self) -> bool:
        """Whether it is deleted, or something else under its key may have come to stand."""
        if self.is_gone:
            return True
        if self.root is None or self.root.siblings is None:
            return False
        under_key = len(self.root.siblings.get(self.key, ()))
        return under_key > 1 or None in self.root.siblings

    def join_siblings(self) -> None:
        if self.root is not None and self.root.siblings is not None:
            self.root.siblings.setdefault(self.key, []).append(self)


def _root(holds: Holds) -> _Container:
    match holds:
        case Holds.VALUES:
            root = _Container(ANY, is_keyed=True)
        case Holds.MAPS:
            root = _Container(TYPE, is_keyed=True, type_ref=MAP)
        case Holds.TEXTS:
            root = _Container(TYPE, is_keyed=True, type_ref=TEXT)
    root.siblings = {}
    return root


def _container_of(type_ref: int, key: str | None, root: _Container, item: Id) -> _Container:
    made = _Container(ANY, is_keyed=True) if type_ref == MAP else _Container(STRING, is_keyed=False)
    made.key, made.root, made.id = key, root, item
    return made


COLLECTED_AWAY: Final = _Container(STRING, is_keyed=False)
COLLECTED_AWAY.is_gone = True


# Clients ---------------------------------------------------------------------------------------


class _Mark(NamedTuple):
    clock: int
    ranges: int
    types: int
    blanks: int


class _Client:
    """What one client has written, as ranges of its clocks.

    starts, homes: from which clock on its structs live in which container. types: the containers
    it made. blanks: ranges that came without their content, of which nobody knows what it was.
    deleted: start, end, start, end, … without overlap. halves: first halves of surrogate pairs.
    """

    __slots__ = (
        "blanks",
        "clock",
        "deleted",
        "halves",
        "homes",
        "pieces",
        "starts",
        "type_clocks",
        "types",
    )

    def __init__(self) -> None:
        self.clock = 0
        self.pieces = Pieces()
        self.starts: list[int] = [0]
        self.homes: list[_Container] = [COLLECTED_AWAY]
        self.types: dict[int, _Container] = {}
        self.type_clocks: list[int] = []
        self.blanks: list[int] = []
        self.deleted: list[int] = []
        self.halves: set[int] = set()

    def home_at(self, clock: int) -> _Container:
        if clock >= self.starts[-1]:
            return self.homes[-1]
        return self.homes[bisect_right(self.starts, clock) - 1]

    def homes_in(self, start: int, end: int) -> list[tuple[int, _Container]]:
        """(clock, container) of each clock; of each range only the first if it made no types."""
        out = []
        index = bisect_right(self.starts, start) - 1
        clock = start
        while clock < end:
            limit = self.starts[index + 1] if index + 1 < len(self.starts) else end
            home = self.homes[index]
            if home.content == TYPE:
                out += [(each, home) for each in range(clock, min(limit, end))]
            else:
                out.append((clock, home))
            clock = limit
            index += 1
        return out

    def was_collected(self, clock: int) -> bool:
        """Whether the struct came without its content."""
        return self.home_at(clock) is COLLECTED_AWAY or bisect_right(self.blanks, clock) & 1 == 1

    def note_deleted(self, start: int, end: int) -> None:
        _add_run(self.blanks, start, end)
        _add_run(self.deleted, start, end)

    def is_deleted(self, clock: int) -> bool:
        return bisect_right(self.deleted, clock) & 1 == 1

    def is_deleted_run(self, start: int, end: int) -> bool:
        index = bisect_right(self.deleted, start)
        return index & 1 == 1 and end <= self.deleted[index]

    def not_deleted_in(self, start: int, end: int) -> list[Id]:
        """The parts that are in no deleted run, and in nothing that is gone."""
        out: list[Id] = []
        for piece_start, piece_end in self._gaps_in(start, end):
            for part in self._living_in(piece_start, piece_end):
                if out and out[-1][1] == part[0]:
                    out[-1] = (out[-1][0], part[1])
                else:
                    out.append(part)
        return out

    def _gaps_in(self, start: int, end: int) -> list[Id]:
        runs = self.deleted
        index = bisect_right(runs, start)
        if index & 1:
            start = runs[index]
            index += 1
        out = []
        while start < end:
            limit = runs[index] if index < len(runs) else end
            out.append((start, min(limit, end)))
            if limit >= end:
                break
            start = runs[index + 1]
            index += 2
        return out

    def _living_in(self, start: int, end: int) -> list[Id]:
        index = bisect_right(self.starts, start) - 1
        out = []
        while start < end:
            limit = self.starts[index + 1] if index + 1 < len(self.starts) else end
            limit = min(limit, end)
            if not self.homes[index].is_gone:
                out.append((start, limit))
            start = limit
            index += 1
        return out

    def delete(self, start: int, end: int) -> None:
        _add_run(self.deleted, start, end)
        if self.type_clocks:
            first = bisect_left(self.type_clocks, start)
            last = bisect_left(self.type_clocks, end)
            for clock in self.type_clocks[first:last]:
                self.types[clock].is_gone = True

    def mark(self) -> _Mark:
        return _Mark(self.clock, len(self.starts), len(self.type_clocks), len(self.blanks))

    def go_back(self, mark: _Mark) -> None:
        """Forgets what came after the mark."""
        for clock in self.type_clocks[mark.types :]:
            del self.types[clock]
        del self.type_clocks[mark.types :]
        del self.starts[mark.ranges :], self.homes[mark.ranges :]
        self.pieces.go_back(mark.clock)
        _cut(self.blanks, mark.clock)
        _cut(self.deleted, mark.clock)
        if self.clock > mark.clock:
            self.halves = {half for half in self.halves if half < mark.clock}
        self.clock = mark.clock


def _add_run(runs: list[int], start: int, end: int) -> None:
    """Adds start..end-1 to a flat list of runs; they may touch or overlap those in it."""
    if not runs or start > runs[-1]:
        runs += (start, end)
        return
    first = bisect_left(runs, start)
    last = bisect_right(runs, end)
    # An odd index lies within a run, or at its end: the two become one.
    runs[first:last] = [start] * (first % 2 == 0) + [end] * (last % 2 == 0)


def _cut(runs: list[int], clock: int) -> None:
    """Forgets everything from this clock on."""
    kept = bisect_left(runs, clock)
    del runs[kept:]
    if kept & 1:
        runs.append(clock)


def _covers(deleted: dict[int, list[Id]], item: Id) -> bool:
    return any(start <= item[1] < end for start, end in deleted.get(item[0], ()))


# One update on its way -------------------------------------------------------------------------


class _Gap(Exception):
    """It builds on what is not there."""


class _Incoming:
    """The new structs of one client. body: where they begin. position: how many are placed."""

    __slots__ = ("body", "client", "end", "position", "start", "structs")

    def __init__(self, client: int, start: int, end: int, structs: list[Struct], body: int) -> None:
        self.client = client
        self.start = start
        self.end = end
        self.structs = structs
        self.body = body
        self.position = 0

    def as_bytes(self, data: bytes) -> Section:
        body = data[self.body : self.structs[-1][7]]
        return Section(self.client, self.start, self.end, len(self.structs), body)


class _Draft:
    """What an update has changed before all of it was checked."""

    __slots__ = ("made", "marks", "must_be_deleted", "must_be_gone", "orderer")

    def __init__(self, pieces: dict[int, Pieces]) -> None:
        self.orderer = Orderer(pieces)
        self.marks: dict[int, _Mark | None] = {}
        self.made: list[_Container] = []
        self.must_be_gone: list[_Container] = []
        self.must_be_deleted: list[Run] = []

    def begin(self, client_id: int, clients: dict[int, _Client]) -> None:
        client = clients.get(client_id)
        if client is None:
            clients[client_id] = _Client()
            self.marks[client_id] = None
        else:
            self.marks[client_id] = client.mark()


def _misplaced(struct: Struct) -> Unacceptable:
    return Unacceptable(f"Content of kind {struct[0]} where none may be.", Refusal.UNKNOWN_CONTENT)
