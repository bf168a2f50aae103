"""Vectors of sentences: what the child knows, then what its client has in store.

New ones are handed over at once, so that a try that takes too long was not in vain.
"""

from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from apps.core.json import JsonObject
from apps.scoring.semantic.cache import MemoryCache, VectorCache


class ClientCache:
    """In the child. ask: says a message to the client and returns its answer; tell: no answer."""

    def __init__(
        self, ask: Callable[[JsonObject], Mapping[str, Any]], tell: Callable[[JsonObject], None]
    ) -> None:
        self._ask = ask
        self._tell = tell
        self._memory = MemoryCache()

    def get_many(self, keys: Iterable[str]) -> dict[str, bytes]:
        wanted = list(keys)
        found = self._memory.get_many(wanted)
        if missing := [key for key in wanted if key not in found]:
            stored = _read(self._ask({"get": [*missing]}))
            self._memory.put_many(stored)
            found.update(stored)
        return found

    def put_many(self, vectors: Mapping[str, bytes]) -> None:
        self._memory.put_many(vectors)
        self._tell({"put": _written(vectors)})


def answer_from(cache: VectorCache, message: Mapping[str, Any]) -> JsonObject | None:
    """In the client: what is said back; None where nothing is."""
    if "put" in message:
        cache.put_many(_read(message["put"]))
        return None
    return _written(cache.get_many(message["get"]))


def _written(vectors: Mapping[str, bytes]) -> JsonObject:
    return {key: b64encode(vector).decode() for key, vector in vectors.items()}


def _read(written: Mapping[str, str]) -> dict[str, bytes]:
    return {key: b64decode(vector) for key, vector in written.items()}
