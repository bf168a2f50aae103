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
    """usual: for those who hear of everything, by whether they speak the dialect; see `fill`.
    only_author, only_pointer: who has made all of the changes, or shown all of the presence, and so
    need not hear of it.
    """

    def __init__(
        self,
        news: Sequence[News],
        presence: Sequence[PresenceEntry],
        only_pointer: Connection | None,
    ) -> None:
        self.usual: dict[bool, Burst] = {}
        self.only_author = _only_author(news)
        self.only_pointer = only_pointer
        self._news = [row for row in news if row.change.update]
        self._may = (protocol.presence_frame(presence),) if presence else ()
        self._must: dict[bool, Frames] = {}

    def fill(self, in_dialect: bool) -> Burst:
        burst = self.usual[in_dialect] = Burst(self._changes(in_dialect), self._may)
        return burst

    def special(self, connection: Connection, first: Frames) -> Burst:
        """For one who is told something else `first`, or need not hear of everything."""
        hears = connection.hears_changes and connection is not self.only_author
        must = self._changes(connection.speaks_dialect) if hears else ()
        may = self._may if connection is not self.only_pointer else ()
        return Burst(must + first, may)

    def _changes(self, in_dialect: bool) -> Frames:
        if not self._news:
            return ()
        frames = self._must.get(in_dialect)
        if frames is None:
            groups = (self._news[at : at + MERGED] for at in range(0, len(self._news), MERGED))
            frames = tuple(_frame(group, in_dialect) for group in groups)
            self._must[in_dialect] = frames
        return frames


def _only_author(news: Sequence[News]) -> Connection | None:
    authors = {row.author for row in news}
    return authors.pop() if len(authors) == 1 else None


def _frame(group: Sequence[News], in_dialect: bool) -> bytes:
    first, *others = group
    update = merge([row.change for row in group]) if others else first.change.update
    return (
        protocol.changed_frame(group[-1].seq, update)
        if in_dialect
        else protocol.update_frame(update)
    )
