"""How an entry of the audit log reads on a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from apps.audit.models import AuditEntry, Personal

ERASED = "Erased"
BY_ITSELF = "The server"


@dataclass(frozen=True)
class EntryRow:
    seq: int
    at: datetime
    kind: str
    who: str
    details: str


def entry_rows(entries: QuerySet[AuditEntry]) -> list[EntryRow]:
    return [_row(entry) for entry in entries.prefetch_related("personal")]


def _row(entry: AuditEntry) -> EntryRow:
    words = entry.kind.replace(".", ": ").replace("_", " ").capitalize()
    details = ", ".join(f"{key} {value}" for key, value in entry.details.items())
    return EntryRow(entry.seq, entry.at, words, _who(entry, entry.personal.all()), details)


def _who(entry: AuditEntry, values: Iterable[Personal]) -> str:
    if not entry.actor_hash:
        return BY_ITSELF
    actors = [row for row in values if row.part == Personal.Part.ACTOR]
    return str(actors[0].values["name"]) if actors else ERASED
