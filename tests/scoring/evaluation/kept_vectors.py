"""Where does an evaluation keep the vectors of its texts? In a file, since they never change.

Embedding all worked answers takes a minute or two; the second run finds them in `var/`.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from apps.scoring.semantic import channel
from apps.scoring.semantic.vectors import SentenceVectors

FILE: Final = Path(__file__).parents[3] / "var" / "evaluation-vectors.sqlite3"
PATIENCE_S: Final = 60  # several processes write to it


class KeptVectors:
    """A `VectorCache` in a file."""

    def __init__(self, file: Path) -> None:
        self._db = sqlite3.connect(file, timeout=PATIENCE_S, isolation_level=None)
        self._db.execute("PRAGMA synchronous = OFF")  # what is lost is embedded again
        self._db.execute("CREATE TABLE IF NOT EXISTS vectors (key TEXT PRIMARY KEY, vector BLOB)")

    def get_many(self, keys: Iterable[str]) -> dict[str, bytes]:
        rows = (self._get(key) for key in keys)
        return {key: vector for key, vector in rows if vector is not None}

    def put_many(self, vectors: Mapping[str, bytes]) -> None:
        self._db.executemany("INSERT OR IGNORE INTO vectors VALUES (?, ?)", vectors.items())

    def _get(self, key: str) -> tuple[str, bytes | None]:
        found = self._db.execute("SELECT vector FROM vectors WHERE key = ?", (key,)).fetchone()
        return key, found[0] if found else None


@cache
def kept_vectors() -> SentenceVectors | None:
    """The model beside the file, once a process; None where words alone are to score."""
    model = channel.vectors()
    if model is None:
        return None
    FILE.parent.mkdir(exist_ok=True)
    return model.with_cache(KeptVectors(FILE))
