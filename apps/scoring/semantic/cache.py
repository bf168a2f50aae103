"""Which sentences were embedded before? Vectors by the hash of model and text; no text is kept."""

import hashlib
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from typing import Final, Protocol

# About 1 kB each with the dictionary's own share.
MOST_IN_MEMORY: Final = 20_000


class VectorCache(Protocol):
    """Forgetting is always allowed: what is not found is embedded again."""

    def get_many(self, keys: Iterable[str]) -> dict[str, bytes]: ...

    def put_many(self, vectors: Mapping[str, bytes]) -> None: ...


class MemoryCache:
    """Forgets what was not asked for the longest."""

    def __init__(self, most: int = MOST_IN_MEMORY) -> None:
        self._most = most
        self._vectors: OrderedDict[str, bytes] = OrderedDict()

    def get_many(self, keys: Iterable[str]) -> dict[str, bytes]:
        found = {key: self._vectors[key] for key in keys if key in self._vectors}
        for key in found:
            self._vectors.move_to_end(key)
        return found

    def put_many(self, vectors: Mapping[str, bytes]) -> None:
        for key, vector in vectors.items():
            self._vectors[key] = vector
            self._vectors.move_to_end(key)
        while len(self._vectors) > self._most:
            self._vectors.popitem(last=False)


def key_of(model_sha256: str, text: str) -> str:
    return hashlib.sha256(f"{model_sha256}\n{text}".encode()).hexdigest()
