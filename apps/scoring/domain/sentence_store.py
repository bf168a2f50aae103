"""Which sentences did any worker embed lately? Their vectors in the database, for all processes.

A row holds a hash and a vector, no text: whoever reads the table learns no note.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, TypeVar

from django.utils import timezone

from apps.scoring.models import SentenceVector

KEPT: Final = timedelta(days=30)  # after the last use
# A use is written down this often, so that reading seldom writes.
NOTED: Final = timedelta(days=1)
MOST: Final = 200_000  # rows, about 250 MB
PRUNED: Final = timedelta(hours=1)
# Rows at once: SQLite takes a limited number of values in a statement.
BATCH: Final = 500

_T = TypeVar("_T")


class SentenceStore:
    """A `VectorCache` that every worker shares."""

    def __init__(self) -> None:
        self._pruned_at: datetime | None = None

    def get_many(self, keys: Iterable[str]) -> dict[str, bytes]:
        found: dict[str, bytes] = {}
        for some in _batches(list(keys)):
            rows = SentenceVector.objects.filter(key__in=some)
            found.update((key, bytes(vector)) for key, vector in rows.values_list("key", "vector"))
            rows.filter(used_at__lt=timezone.now() - NOTED).update(used_at=timezone.now())
        return found

    def put_many(self, vectors: Mapping[str, bytes]) -> None:
        """Two workers may have embedded the same sentence: the first one's row stays."""
        rows = [SentenceVector(key=key, vector=vector) for key, vector in vectors.items()]
        SentenceVector.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
        now = timezone.now()
        if self._pruned_at is None or now - self._pruned_at >= PRUNED:
            self._pruned_at = now
            prune(now)


def forget_all() -> None:
    """Of a vector the words can be guessed again, and whose they were is not known: for when
    somebody is to leave no trace. They are embedded again when they are needed."""
    SentenceVector.objects.all().delete()


def prune(now: datetime, most: int = MOST) -> None:
    """Forgets what was not used for long and, of too many, what was not used for the longest."""
    SentenceVector.objects.filter(used_at__lt=now - KEPT).delete()
    last_kept = SentenceVector.objects.order_by("-used_at", "key")[most - 1 : most].first()
    if last_kept is not None:
        SentenceVector.objects.filter(used_at__lt=last_kept.used_at).delete()


def _batches(values: Sequence[_T]) -> Iterator[Sequence[_T]]:
    return (values[start : start + BATCH] for start in range(0, len(values), BATCH))
