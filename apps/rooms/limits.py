"""How much one person, one link and one address may ask of the sockets of this process.

Plain: the clock is passed in. Several processes count apart, which is right where a proxy sends a
design's sockets to one of them, and generous elsewhere.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from apps.rooms.room.pace import Pace, Verdict

FORGET_EVERY_S = 60.0


class Kind(StrEnum):
    PERSON = "person"
    LINK = "link"
    ADDRESS = "address"


class Allowance(NamedTuple):
    """sockets: open at a time. handshakes: a minute. messages: a second, over all their sockets,
    twice as many for a moment. 0: no limit."""

    sockets: int
    handshakes: int
    messages: int


class TooMany(Exception):
    """No socket for now. The text is for the one who asked."""


class Party:
    """A person, a link or an address that has sockets, or had some a moment ago."""

    def __init__(self, kind: Kind, allowance: Allowance) -> None:
        self.kind = kind
        self.sockets = 0
        self.messages = _pace(allowance.messages, 2 * allowance.messages)
        self._most = allowance.sockets
        self._handshakes = _pace(allowance.handshakes / 60, allowance.handshakes)

    def enter(self, now: float) -> None:
        """Counts a socket. Raises TooMany."""
        if self._most and self.sockets >= self._most:
            raise TooMany(f"This {self.kind} has {self.sockets} sockets open.")
        if self._handshakes and self._handshakes.judge(now) is not Verdict.TAKE:
            raise TooMany(f"This {self.kind} opens sockets too fast.")
        self.sockets += 1

    def leave(self) -> None:
        self.sockets -= 1

    def is_forgotten(self, now: float) -> bool:
        """Whether nothing of it matters any more."""
        paces = (self.messages, self._handshakes)
        return not self.sockets and all(pace is None or pace.is_rested(now) for pace in paces)


class Limits:
    def __init__(self, allowances: Mapping[Kind, Allowance]) -> None:
        self._allowances = allowances
        self._parties: dict[tuple[Kind, str], Party] = {}
        self._forgot_at = 0.0

    def __len__(self) -> int:
        return len(self._parties)

    def party(self, kind: Kind, name: str, now: float) -> Party:
        if now - self._forgot_at > FORGET_EVERY_S:
            self._forget(now)
        found = self._parties.get((kind, name))
        if found is None:
            found = self._parties[kind, name] = Party(kind, self._allowances[kind])
        return found

    def _forget(self, now: float) -> None:
        """A list of all who ever came would grow for ever."""
        self._forgot_at = now
        self._parties = {
            key: party for key, party in self._parties.items() if not party.is_forgotten(now)
        }


class Ticket:
    """What one socket counts against, from its handshake to its end."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._parties: list[Party] = []

    def claim(self, kind: Kind, name: str, now: float) -> None:
        """Raises TooMany; what was claimed before is still to be given back."""
        party = self._limits.party(kind, name, now)
        party.enter(now)
        self._parties.append(party)

    @property
    def paces(self) -> tuple[Pace, ...]:
        """How fast this socket and its siblings may talk together."""
        return tuple(party.messages for party in self._parties if party.messages)

    def give_back(self) -> None:
        for party in self._parties:
            party.leave()
        self._parties = []


def _pace(per_second: float, burst: float) -> Pace | None:
    return Pace(per_second, burst) if per_second else None
