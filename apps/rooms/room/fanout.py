"""What a flush says to each socket, encoded once for all sockets that hear the same."""

from collections.abc import Sequence
from typing import NamedTuple

from apps.rooms.room import protocol
from apps.rooms.room.burst import Burst
from apps.rooms.room.connection import Connection
from apps.rooms.room.ledger import Change
from apps.rooms.room.merging import merge
from apps.rooms.room.protocol import PresenceEntry

MERGED = 64  # changes in one frame at most

Frames = tuple[bytes, ...]


class News(NamedTuple):
    """A row that the log has got. author: the connection it came by, if it is of this process."""

    seq: int
    change: Change
    author: Connection | None


class Fanout:
    """only_author, only_pointer: who has made all of the changes, or shown all of the presence, and
    so need not hear of it."""

    def __init__(
        self,
        news: Sequence[News],
        presence: Sequence[PresenceEntry],
        only_pointer: Connection | None,
    ) -> None:
        authors = {row.author for row in news}
        self.only_author = authors.pop() if len(authors) == 1 else None
        self.only_pointer = only_pointer
        self._news = [row for row in news if row.change.update]
        self._may = (protocol.presence_frame(presence),) if presence else ()
        self._must: dict[bool, Frames] = {}
        self._usual: dict[bool, Burst] = {}

    def usual(self, connection: Connection) -> Burst:
        """For those who hear of everything."""
        burst = self._usual.get(connection.speaks_dialect)
        if burst is None:
            burst = Burst(self._changes(connection.speaks_dialect), self._may)
            self._usual[connection.speaks_dialect] = burst
        return burst

    def special(self, connection: Connection, first: Frames) -> Burst:
        """For one who is told something else `first`, or need not hear of everything."""
        hears = connection.hears_changes and connection is not self.only_author
        must = self._changes(connection.speaks_dialect) if hears else ()
        may = self._may if connection is not self.only_pointer else ()
        return Burst(must + first, may)

    def _changes(self, in_dialect: bool) -> Frames:
        frames = self._must.get(in_dialect)
        if frames is None:
            groups = (self._news[at : at + MERGED] for at in range(0, len(self._news), MERGED))
            frames = tuple(_frame(group, in_dialect) for group in groups)
            self._must[in_dialect] = frames
        return frames


def _frame(group: Sequence[News], in_dialect: bool) -> bytes:
    first, *others = group
    update = merge([row.change for row in group]) if others else first.change.update
    return (
        protocol.changed_frame(group[-1].seq, update)
        if in_dialect
        else protocol.update_frame(update)
    )
