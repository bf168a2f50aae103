"""What a room can send of its document without opening it: a snapshot, and what came after it.

Only what is in the log is here. Rows have consecutive sequence numbers.
"""

from collections.abc import Iterable, Sequence

from apps.rooms.room.ledger import Change
from apps.rooms.room.merging import merge

KEPT_ROWS = 1_000  # from before the snapshot, for those who come back after a cut


class Timeline:
    """base_seq: the row up to which `base`, the snapshot, sums up the log. seq: the last row."""

    def __init__(self, base: Change | None = None, base_seq: int = 0) -> None:
        self.base_seq = base_seq
        self._base = base
        self._first = base_seq + 1  # sequence number of the first row that is kept
        self._rows: list[Change] = []
        self._whole: bytes | None = None

    @property
    def seq(self) -> int:
        return self._first + len(self._rows) - 1

    @property
    def rows_since_base(self) -> int:
        return self.seq - self.base_seq

    def append(self, changes: Iterable[Change]) -> None:
        self._rows.extend(changes)
        self._whole = None

    def whole(self) -> bytes:
        """The document as one update."""
        if self._whole is None:
            self._whole = merge(self._changes_up_to(self.seq))
        return self._whole

    def after(self, seq: int) -> bytes | None:
        """What rows seq+1, seq+2, … changed; None if some of them are not kept any more."""
        if not self._first - 1 <= seq <= self.seq:
            return None
        return merge(self._rows[seq + 1 - self._first :])

    def deletes_after(self, seq: int, up_to: int | None = None) -> bool:
        """Whether rows after this one, as they are kept, hold what they or later ones deleted."""
        end = None if up_to is None else max(0, up_to + 1 - self._first)
        return any(change.deleted for change in self._rows[max(0, seq + 1 - self._first) : end])

    def payloads(self, seq: int) -> list[bytes] | None:
        """The document as it was at row `seq`, as updates in order; None if it is summed up."""
        if not self.base_seq <= seq <= self.seq:
            return None
        return [change.update for change in self._changes_up_to(seq)]

    def rebase(self, base: Change, base_seq: int) -> None:
        """A newer snapshot takes the place of the rows that it sums up."""
        self._base, self.base_seq = base, base_seq
        surplus = base_seq + 1 - KEPT_ROWS - self._first
        if surplus > 0:
            del self._rows[:surplus]
            self._first += surplus
        self._whole = None

    def _changes_up_to(self, seq: int) -> Sequence[Change]:
        rows = self._rows[self.base_seq + 1 - self._first : seq + 1 - self._first]
        return [self._base, *rows] if self._base else rows
