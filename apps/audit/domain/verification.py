"""Is a chain as it was written? Every entry is hashed again and compared."""

from collections.abc import Iterator
from dataclasses import dataclass

from apps.audit.domain.hashing import commitment, entry_hash
from apps.audit.models import AuditEntry, Chain, Personal

PAGE = 500  # entries read at a time


@dataclass(frozen=True)
class Verdict:
    """entries: how many were checked. blanked: values that an erasure took. fault: what is wrong
    first, or nothing."""

    chain: str
    entries: int
    blanked: int
    fault: str = ""

    @property
    def is_whole(self) -> bool:
        return not self.fault


def verify(name: str) -> Verdict:
    """Checks the chain from its first entry to where it is said to end."""
    seq, previous, blanked = 0, "", 0
    for entry in _entries(name):
        if fault := _fault(entry, seq + 1, previous):
            return Verdict(name, seq, blanked, fault)
        seq, previous = entry.seq, entry.hash
        blanked += _blanked(entry)
    return Verdict(name, seq, blanked, _fault_at_the_end(name, seq, previous))


def _entries(name: str) -> Iterator[AuditEntry]:
    entries = AuditEntry.objects.filter(chain_id=name).order_by("seq")
    return entries.prefetch_related("personal").iterator(chunk_size=PAGE)


def _fault(entry: AuditEntry, seq: int, previous: str) -> str:
    if entry.seq != seq:
        return f"Entry {seq} is missing."
    if entry.previous_hash != previous:
        return f"Entry {seq} does not follow the entry before it."
    if entry.hash != entry_hash(entry):
        return f"Entry {seq} was changed."
    if any(not _is_kept(entry, row) for row in entry.personal.all()):
        return f"A name in entry {seq} was changed."
    return ""


def _is_kept(entry: AuditEntry, row: Personal) -> bool:
    expected = entry.actor_hash if row.part == Personal.Part.ACTOR else entry.personal_hash
    return commitment(row.salt, row.values_text) == expected


def _blanked(entry: AuditEntry) -> int:
    return bool(entry.actor_hash) + bool(entry.personal_hash) - len(entry.personal.all())


def _fault_at_the_end(name: str, seq: int, last_hash: str) -> str:
    """Entries cut off the end leave a chain that is right in itself; its own row tells."""
    end = Chain.objects.filter(name=name).first()
    if end is None or (end.seq, end.hash) == (seq, last_hash):
        return ""
    return f"The chain ends with entry {seq}; it had {end.seq}."
