"""What is appended to logs, and why it can be refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID


class Entry(NamedTuple):
    """A change to append.

    new_clients: the Yjs client ids that nobody has used in this document before.
    at: when the server accepted it, aware, in UTC; without it, when it is stored.
    """

    payload: bytes
    participant_id: UUID | None = None
    new_clients: tuple[int, ...] = ()
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """Changes for the end of one log, in order. first_seq: the number of the first."""

    log_id: int
    first_seq: int
    entries: Sequence[Entry]

    @property
    def last_seq(self) -> int:
        return self.first_seq + len(self.entries) - 1


class Unfit(Exception):
    """A batch that this log will never take. The other batches are not at fault."""

    def __init__(self, log_id: int, reason: str) -> None:
        super().__init__(f"log {log_id}: {reason}")
        self.log_id = log_id


class LogGone(Unfit):
    """The log was deleted, with its design."""

    def __init__(self, log_id: int) -> None:
        super().__init__(log_id, "it is not there any more")


class RowsMissing(Unfit):
    """The log ends before the row that the batch follows: somebody has restored an older store."""

    def __init__(self, batch: Batch, last_seq: int) -> None:
        reason = f"it ends at {last_seq}, so that {batch.first_seq} would leave a hole"
        super().__init__(batch.log_id, reason)


class ForeignClient(Unfit):
    """A client id that the batch calls new belongs to somebody else."""

    def __init__(self, log_id: int, client: int) -> None:
        super().__init__(log_id, f"client id {client} belongs to somebody else")
        self.client = client
