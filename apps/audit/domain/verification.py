"""Is a chain as it was written? Every entry is hashed again and compared."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils import timezone

from apps.audit.domain.hashing import commitment, entry_hash
from apps.audit.models import AuditEntry, Chain, Personal
from apps.core.jobs.lease import Lease
from apps.core.json import Json, JsonObject
from apps.core.models import Job

KIND = "audit.verify"
PAGE = 500  # entries read at a time
NEWEST = 100  # entries checked at every look at the log


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


def verify(name: str, each_page: Callable[[], None] = lambda: None) -> Verdict:
    """Checks the chain from its first entry to where it is said to end, and notes the outcome.

    each_page: called now and then on the way.
    """
    verdict = _verdict(name, _entries(name, each_page), 0, "")
    Chain.objects.filter(name=name).update(
        verified_at=timezone.now(), verified_seq=verdict.entries, verified_fault=verdict.fault
    )
    return verdict


def verify_newest(name: str) -> Verdict:
    """Checks the last entries only, and that they follow the one before them."""
    rows = AuditEntry.objects.filter(chain_id=name).order_by("-seq").prefetch_related("personal")
    newest = list(rows[: NEWEST + 1])
    before = newest.pop() if len(newest) > NEWEST else None
    seq, previous = (before.seq, before.hash) if before else (0, "")
    return _verdict(name, reversed(newest), seq, previous)


def verify_all(_: Job, lease: Lease) -> JsonObject:
    """The handler of the daily job."""
    names = list(Chain.objects.order_by("name").values_list("name", flat=True))
    broken: list[Json] = [name for name in names if not verify(name, lease.renew).is_whole]
    return {"chains": len(names), "broken": broken}


def _verdict(name: str, entries: Iterable[AuditEntry], seq: int, previous: str) -> Verdict:
    """entries: in their order. seq, previous: number and hash of the entry before the first."""
    checked = blanked = 0
    for entry in entries:
        if fault := _fault(entry, seq + 1, previous):
            return Verdict(name, checked, blanked, fault)
        seq, previous = entry.seq, entry.hash
        checked += 1
        blanked += _blanked(entry)
    return Verdict(name, checked, blanked, _fault_at_the_end(name, seq, previous))


def _entries(name: str, each_page: Callable[[], None]) -> Iterator[AuditEntry]:
    rows = AuditEntry.objects.filter(chain_id=name).order_by("seq").prefetch_related("personal")
    for place, entry in enumerate(rows.iterator(chunk_size=PAGE)):
        if place % PAGE == 0:
            each_page()
        yield entry


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
