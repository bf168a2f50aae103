"""What a document has taken in: which changes fit it, and what in them is new.

The web process never opens a document. It keeps this account of it: how far each client has come,
whose client ids they are, in which container each struct lives and what is deleted. That is enough
to say of any update whether pycrdt and Yjs would both take it in whole, and read it alike.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias
from uuid import UUID

from apps.rooms.room.clients import Client
from apps.rooms.room.containers import COLLECTED_AWAY, Container, container_of, root_of
from apps.rooms.room.ordering import MAX_STEPS, Orderer, Piece, Pieces
from apps.rooms.room.protocol import Refusal
from apps.rooms.room.schema import Schema
from apps.rooms.room.updates import (
    ANY,
    DELETED,
    SKIP,
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

MAX_ITEMS = 12_000  # structs and deletions in one frame: more would hold up everybody else

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
        self._claims: dict[int, UUID | None] = {}
        self.vector: Vector = {}
        self._roots = {name: root_of(holds) for name, holds in schema.items()}
        self._clients: dict[int, Client] = {}
        self._pieces: dict[int, Pieces] = {}
        self._orderer = Orderer(self._pieces)
        self._state_vector: bytes | None = None

    @property
    def state_vector(self) -> bytes:
        if self._state_vector is None:
            self._state_vector = state_vector_of(self.vector)
        return self._state_vector

    def claim(self, client: int, participant: UUID | None) -> None:
        """Somebody shows a client id, and may write under it later: nobody else may until then."""
        self._claims.setdefault(client, participant)

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
        change = self.add_stored(update, None)
        # All of its deletions, although what it holds as gone needs none here: a browser that
        # comes back may still show it.
        deleted = read_update(update).deleted
        runs = [Run(client, *pair) for client, pairs in deleted.items() for pair in pairs]
        return change._replace(update=update, deleted=tuple(runs))

    def is_known(self, update: bytes) -> bool:
        """Whether somebody who sends this has no news; False too if it is not an update at all.

        What is deleted only because of a conflict (two values for one key, or a change inside
        something deleted) is known: every copy works that out for itself.
        """
        try:
            read = read_update(update, MAX_ITEMS)
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
        update = read_update(data, MAX_ITEMS) if is_checked else read_update(data)
        draft = self._begin(update)
        self._orderer.steps_left = MAX_STEPS if is_checked else sys.maxsize
        if is_checked:
            self._check_owners(draft.sections, author)
        try:
            self._place(draft)
            draft.deleted = self._new_deletions(update.deleted)
            self._check_deletions(update.deleted, draft)
        except (Unacceptable, _Gap):
            self._undo(draft)
            raise
        if not draft.sections and not draft.deleted:
            return None
        is_all_new = update.is_regular and not draft.is_trimmed and draft.deleted == update.deleted
        return self._settle(draft, data, author, is_all_new=is_all_new)

    def _begin(self, update: Update) -> "_Draft":
        """With what is new of its sections. Raises _Gap."""
        fresh = []
        is_trimmed = False
        for section in update.sections:
            known = self.vector.get(section.client, 0)
            if section.start < known:
                is_trimmed = True
                if section.end <= known:
                    continue
                _trim(section, known)
            elif section.start > known:
                raise _Gap(f"clock {section.start} of {section.client} after {known}")
            fresh.append(section)
        return _Draft(fresh, is_trimmed=is_trimmed)

    def _check_owners(self, sections: list[Read], author: UUID | None) -> None:
        for section in sections:
            claimed_by = self._claims.get(section.client, author)
            if self.owners.get(section.client, claimed_by) != author:
                raise Unacceptable(
                    f"Client {section.client} is somebody else's.", Refusal.NOT_YOURS
                )

    def _place(self, draft: "_Draft") -> None:
        """Finds the container of every new struct; those that it builds on come first."""
        for section in draft.sections:
            if section.client not in self._clients:
                client = self._clients[section.client] = Client()
                self._pieces[section.client] = client.pieces
        if len(draft.sections) == 1:
            wanted = self._place_section(draft.sections[0], draft)
            if wanted is not None:
                raise _unplaced(wanted, {draft.sections[0].client})
        else:
            self._place_together(draft)

    def _place_together(self, draft: "_Draft") -> None:
        """The structs of one client may build on those of another, and these again on the first:
        a section goes as far as it can, then it is the turn of whoever it waits for."""
        waiting = {section.client: section for section in draft.sections}
        for section in draft.sections:
            turns = [section.client]
            stuck: set[int] = set()  # who has waited since the last step forward
            while turns:
                current = waiting.get(turns[-1])
                if current is None:
                    turns.pop()
                    continue
                before = current.placed
                wanted = self._place_section(current, draft)
                if wanted is None:
                    del waiting[current.client]
                    stuck.clear()
                    continue
                if current.placed > before:
                    stuck.clear()
                stuck.add(current.client)
                if wanted not in waiting or wanted in stuck:
                    raise _unplaced(wanted, stuck)
                turns.append(wanted)

    def _place_section(self, section: Read, draft: "_Draft") -> int | None:
        """None when all is placed, or the client of a struct that must come first."""
        clients = self._clients
        client = clients[section.client]
        clock = client.clock
        structs = section.structs
        for index in range(section.placed, len(structs)):
            struct = structs[index]
            kind, length, left, right, parent, key, detail, _ = struct
            home = other = None
            if left is not None:
                owner = clients.get(left[0])
                if owner is None or left[1] >= owner.clock:
                    section.placed = index
                    return left[0]
                home = owner.homes[-1] if left[1] >= owner.starts[-1] else owner.home_at(left[1])
                if left[1] in owner.halves:
                    raise _halved()
            if right is not None:
                owner = clients.get(right[0])
                if owner is None or right[1] >= owner.clock:
                    section.placed = index
                    return right[0]
                other = owner.homes[-1] if right[1] >= owner.starts[-1] else owner.home_at(right[1])
                if right[1] - 1 in owner.halves:
                    raise _halved()
                home = _common(home, other, draft)
            elif home is not None:
                if home.is_keyed and not home.is_contested:
                    home.is_contested = self._is_overwritten(left)
            elif parent is not None:
                if not isinstance(parent, str):
                    owner = clients.get(parent[0])
                    if owner is None or parent[1] >= owner.clock:
                        section.placed = index
                        return parent[0]
                home = self._home_by_parent(parent, key)
            elif kind == SKIP:
                raise _Gap(f"a hole at {clock} of {section.client}")
            else:
                home = COLLECTED_AWAY

            if kind == home.content:
                if kind == TYPE:
                    if detail != home.type_ref:
                        raise _misplaced(struct)
                    self._add_type((section.client, clock), struct, home, draft)
                elif detail:
                    client.add_halves(clock, detail)  # type: ignore[arg-type]
                elif kind == ANY and length > 1:
                    draft.must_be_deleted.append(Run(section.client, clock, clock + length))
            elif kind == DELETED:
                client.note_deleted(clock, clock + length)
            elif home is not COLLECTED_AWAY or kind == TYPE:
                raise _misplaced(struct)

            if not home.is_keyed and not home.is_gone:
                piece = Piece(section.client, clock, clock + length, left, right)
                if not self._orderer.put(home.line, piece):
                    draft.must_be_gone.append(home)
            if home is not client.homes[-1]:
                client.starts.append(clock)
                client.homes.append(home)
            clock += length
            client.clock = clock
        return None

    def _is_overwritten(self, left: Id | None) -> bool:
        """Whether the value that was there has been deleted before: two may have written."""
        assert left is not None
        client = self._clients[left[0]]
        return left[1] not in client.types and client.is_deleted(left[1])

    def _home_by_parent(self, parent: str | Id, key: str | None) -> Container:
        if isinstance(parent, str):
            home = self._roots.get(parent)
            if home is None:
                raise Unacceptable(f"A root {parent[:40]!r}.", Refusal.UNKNOWN_CONTENT)
        else:
            home = self._type_at(parent)
            if home is COLLECTED_AWAY:
                return home
        if home.is_keyed != (key is not None):
            raise Unacceptable("A key in a text, or a map without one.", Refusal.UNKNOWN_CONTENT)
        if key is not None and home.content == ANY:
            home.note_key(key)
        return home

    def _type_at(self, parent: Id) -> Container:
        client = self._clients[parent[0]]
        home = client.types.get(parent[1])
        if home is not None:
            return home
        if client.was_collected(parent[1]):
            return COLLECTED_AWAY
        raise Unacceptable(f"Struct {parent} holds nothing.")

    def _add_type(self, item: Id, struct: Struct, home: Container, draft: "_Draft") -> None:
        _, _, left, _, _, key, type_ref, _ = struct
        if left is not None:
            before = self._clients[left[0]].types.get(left[1])
            key = before.key if before is not None else None
        made = container_of(type_ref, key, home, item)  # type: ignore[arg-type]
        self._clients[item[0]].add_type(item[1], made)
        draft.made.append(made)

    # Deletions

    def _new_deletions(self, wanted: dict[int, list[Id]]) -> dict[int, list[Id]]:
        """What of it is not deleted yet. Raises _Gap."""
        deleted = {}
        for client_id, runs in wanted.items():
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
        return deleted

    def _check_deletions(self, deleted: dict[int, list[Id]], draft: "_Draft") -> None:
        for run in draft.must_be_deleted:
            # A browser joins values of a key into one struct only when all are deleted.
            if not _covers(deleted, run):
                raise Unacceptable("Several values for one key.")
        for container in draft.must_be_gone:
            client, clock = container.id
            if not container.is_gone and not _covers(deleted, Run(client, clock, clock + 1)):
                raise Unacceptable("Neighbours in different containers.")

    def _is_known_deleted(self, client_id: int, start: int, end: int) -> bool:
        client = self._clients.get(client_id)
        if client is None or end > client.clock:
            return False
        return all(
            self._may_be_deleted(client, clock, home)
            for piece in client.not_deleted_in(start, end)
            for clock, home in client.homes_in(*piece)
        )

    def _may_be_deleted(self, client: Client, clock: int, home: Container) -> bool:
        made = client.types.get(clock)
        if made is not None:
            return made.may_have_lost
        return home.is_contested or home.may_have_lost

    # The end of it

    def _settle(
        self, draft: "_Draft", data: bytes, author: UUID | None, *, is_all_new: bool
    ) -> Change:
        sections = tuple([section.as_section(data) for section in draft.sections])
        new_clients = tuple([one.client for one in sections if one.client not in self.owners])
        for client in new_clients:
            self.owners[client] = author
        for section in sections:
            self.vector[section.client] = section.end
            self._state_vector = None
        for made in draft.made:
            made.settle()
        runs = []
        for client, pairs in draft.deleted.items():
            self._clients[client].delete(pairs)
            runs += [Run(client, start, end) for start, end in pairs]
        update = data if is_all_new else write_update(sections, draft.deleted)
        return Change(update, sections, tuple(runs), new_clients)

    def _undo(self, draft: "_Draft") -> None:
        for section in draft.sections:
            known = self.vector.get(section.client)
            self._clients[section.client].go_back(known or 0)
            if known is None:
                del self._clients[section.client], self._pieces[section.client]


# One update on its way -------------------------------------------------------------------------


class _Gap(Exception):
    """It builds on what is not there."""


class _Draft:
    """What is new in an update, and what it has changed before all of it was checked.

    is_trimmed: some of it was not new. must_be_gone: containers with neighbours that only something
    deleted can have. must_be_deleted: structs that only deletion can have joined.
    """

    __slots__ = ("deleted", "is_trimmed", "made", "must_be_deleted", "must_be_gone", "sections")

    def __init__(self, sections: list[Read], *, is_trimmed: bool) -> None:
        self.sections = sections
        self.is_trimmed = is_trimmed
        self.deleted: dict[int, list[Id]] = {}
        self.made: list[Container] = []
        self.must_be_gone: list[Container] = []
        self.must_be_deleted: list[Run] = []


def _covers(deleted: Mapping[int, list[Id]], run: Run) -> bool:
    return any(start <= run.start and run.end <= end for start, end in deleted.get(run.client, ()))


def _common(home: Container | None, other: Container, draft: _Draft) -> Container:
    """The container of two neighbours. home: of the left one, if there is any."""
    if other.is_keyed or (home is not None and home.is_keyed):
        raise Unacceptable("A right neighbour under a key.")
    if home is None or home is other:
        return other
    if home is not COLLECTED_AWAY and other is not COLLECTED_AWAY:
        raise Unacceptable("Neighbours in different containers.")
    known = other if home is COLLECTED_AWAY else home
    draft.must_be_gone.append(known)
    return known


def _unplaced(wanted: int, stuck: set[int]) -> Exception:
    """Why none of these clients' sections can go on without `wanted`."""
    if wanted in stuck:
        return Unacceptable("Structs that build on one another.")
    return _Gap(f"client {wanted} has not come so far")


def _trim(section: Read, known: int) -> None:
    """Leaves out what is known. Raises _Gap if that ends in the middle of a struct."""
    clock = section.start
    for count, struct in enumerate(section.structs, start=1):
        clock += struct[1]
        if clock == known:
            section.skip(count, clock)
            return
        if clock > known:
            break
    raise _Gap(f"starts within a struct before {clock} of {section.client}")


def _halved() -> Unacceptable:
    return Unacceptable("A struct between the halves of a character.")


def _misplaced(struct: Struct) -> Unacceptable:
    return Unacceptable(f"Content of kind {struct[0]} where none may be.", Refusal.UNKNOWN_CONTENT)
