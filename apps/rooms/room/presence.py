"""Who is in a room and what they point at: the latest state of each client, never stored.

A client id belongs to the connection that first used it, for as long as it lasts; what anybody
says of another's id is ignored (stock clients repeat what they heard). The server writes `user`.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from json import JSONDecoder
from json.scanner import make_scanner
from typing import Any, NoReturn, TypeAlias

from apps.core.json import JsonObject
from apps.rooms.room.connection import Connection
from apps.rooms.room.protocol import PresenceEntry, ProtocolError, Reason

MAX_STATE_BYTES = 16 * 1024  # of one client
REMOTE_TTL_S = 60.0  # clients renew their state four times in it
GONE = "null"

Holder: TypeAlias = Connection | str  # a socket of this process, or the name of another process


@dataclass(slots=True)
class _Held:
    holder: Holder
    entry: PresenceEntry
    seen_at: float


class Presence:
    """bound: told when a client id becomes a connection's."""

    def __init__(self, bound: Callable[[int, Connection], None]) -> None:
        self._bound = bound
        self._held: dict[int, _Held] = {}

    def everybody(self) -> list[PresenceEntry]:
        return [held.entry for held in self._held.values()]

    def here(self) -> list[PresenceEntry]:
        """Those whose socket is in this process."""
        return [held.entry for held in self._held.values() if isinstance(held.holder, Connection)]

    def take(
        self, connection: Connection, entries: tuple[PresenceEntry, ...], now: float
    ) -> list[PresenceEntry]:
        """What is new in a frame, as the others may see it. Raises ProtocolError."""
        own = [entry for entry in entries if self._may_speak(connection, entry)]
        return [self._put(connection, stamp(entry, connection), now) for entry in own]

    def move(
        self, connection: Connection, clock: int, state: str, now: float
    ) -> PresenceEntry | None:
        """The same for the one entry of the connection's own client, if it has shown itself before
        and stays: what there is to do at every move of a pointer. None: it takes `take`."""
        client_id = connection.client_id
        held = self._held.get(client_id) if client_id is not None else None
        if (
            client_id is None
            or held is None
            or held.holder is not connection
            or clock <= held.entry.clock
            or state == GONE
        ):
            return None
        held.entry = PresenceEntry(client_id, clock, stamped(state, connection))
        held.seen_at = now
        return held.entry

    def take_remote(
        self, process: str, entries: tuple[PresenceEntry, ...], now: float
    ) -> list[PresenceEntry]:
        """The same for entries that another process has stamped."""
        return [self._put(process, entry, now) for entry in entries if self._is_remote_news(entry)]

    def leave(self, connection: Connection) -> list[PresenceEntry]:
        return self._remove([one for one, held in self._held.items() if held.holder is connection])

    def prune(self, now: float) -> list[PresenceEntry]:
        """Drops who was on a process that went away without a word."""
        return self._remove(
            [
                one
                for one, held in self._held.items()
                if isinstance(held.holder, str) and now - held.seen_at > REMOTE_TTL_S
            ]
        )

    def _may_speak(self, connection: Connection, entry: PresenceEntry) -> bool:
        if connection.client_id is None:
            return entry.state != GONE and self._bind(connection, entry)
        return connection.client_id == entry.client_id and self._is_newer(entry)

    def _bind(self, connection: Connection, entry: PresenceEntry) -> bool:
        """Gives the id to the connection, if it is free or left by the same person's old socket."""
        held = self._held.get(entry.client_id)
        if held and isinstance(held.holder, Connection):
            participant = held.holder.person.participant
            if participant is None or participant != connection.person.participant:
                return False
            held.holder.client_id = None
        connection.client_id = entry.client_id
        self._bound(entry.client_id, connection)
        return True

    def _is_newer(self, entry: PresenceEntry) -> bool:
        held = self._held.get(entry.client_id)
        if held is None:
            return True
        leaves = entry.state == GONE and entry.clock == held.entry.clock
        return leaves or entry.clock > held.entry.clock

    def _is_remote_news(self, entry: PresenceEntry) -> bool:
        held = self._held.get(entry.client_id)
        is_local = held is not None and isinstance(held.holder, Connection)
        return not is_local and self._is_newer(entry)

    def _put(self, holder: Holder, entry: PresenceEntry, now: float) -> PresenceEntry:
        if entry.state == GONE:
            self._held.pop(entry.client_id, None)
        else:
            self._held[entry.client_id] = _Held(holder, entry, now)
        return entry

    def _remove(self, client_ids: list[int]) -> list[PresenceEntry]:
        gone = [self._held.pop(client_id).entry for client_id in client_ids]
        return [PresenceEntry(entry.client_id, entry.clock, GONE) for entry in gone]


# The server's word on who it is ----------------------------------------------------------------


def stamp(entry: PresenceEntry, connection: Connection) -> PresenceEntry:
    """The entry with `user` as the server says. Raises ProtocolError."""
    if entry.state == GONE:
        return entry
    return entry._replace(state=stamped(entry.state, connection))


def stamped(text: str, connection: Connection) -> str:
    """A state with `user` as the server says. Raises ProtocolError.

    The text that the client wrote is checked, but not written anew: this is done for every move of
    every pointer.
    """
    if len(text) > MAX_STATE_BYTES:
        raise ProtocolError(Reason.PRESENCE)
    head = _without_own_user(text, connection)[:-1]
    return f"{head}{',' if len(head) > 1 else ''}{connection.person.stamp}"


def _without_own_user(text: str, connection: Connection) -> str:
    """Stock clients begin each state with the same `user`: it is cut off as it stands."""
    prefix = connection.own_prefix
    if prefix and text.startswith(prefix):
        text = "{" + text[len(prefix) :]
    state = _read_state(text)
    if "user" not in state:
        return text
    connection.own_prefix = _own_prefix(text)
    del state["user"]
    return _write_state(state)


USER_FIRST = '{"user":{'


def _own_prefix(text: str) -> str:
    if not text.startswith(USER_FIRST):
        return ""
    _, end = _scan(text, len(USER_FIRST) - 1)
    return text[: end + 1] if text[end] == "," else ""


def _read_state(text: str) -> dict[str, Any]:
    try:
        state, end = _scan(text, 0)
    except (ValueError, RecursionError, StopIteration) as error:
        raise ProtocolError(Reason.PRESENCE) from error
    if end != len(text) or type(state) is not dict:
        raise ProtocolError(Reason.PRESENCE)
    return state


def _write_state(state: JsonObject) -> str:
    try:
        return json.dumps(state, allow_nan=False, separators=(",", ":"))
    except (ValueError, RecursionError) as error:
        raise ProtocolError(Reason.PRESENCE) from error


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON.")


# What `raw_decode` calls, without the call; it raises StopIteration where there is no value.
_scan = make_scanner(JSONDecoder(parse_constant=_no_constant))  # type: ignore[arg-type]  # no stub
