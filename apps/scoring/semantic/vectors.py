"""From where does the vector of a sentence come? Prepared, from a cache, or from the model now."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Protocol

from apps.scoring.semantic.cache import VectorCache, key_of

# Kept so often, so that a scoring that is cut short was not in vain.
AT_ONCE: Final = 64


class Encoder(Protocol):
    @property
    def sha256(self) -> str: ...

    def encode(self, text: str) -> bytes: ...


class SentenceVectors:
    """What the engine takes as its `Vectors`.

    prepared: key -> vector of sentences that every scoring needs, such as the rubric's prototypes.
    """

    def __init__(
        self, encoder: Encoder, cache: VectorCache, prepared: Mapping[str, bytes] | None = None
    ) -> None:
        self._encoder = encoder
        self._cache = cache
        self._prepared = prepared or {}

    @property
    def model(self) -> str:
        return self._encoder.sha256

    def with_cache(self, cache: VectorCache) -> "SentenceVectors":
        """The same model beside another cache; nothing is loaded again."""
        return SentenceVectors(self._encoder, cache, self._prepared)

    def of(self, texts: Sequence[str]) -> list[Any]:
        """A numpy row of 384 floats of unit length for each text."""
        import numpy as np  # of the extra

        keys = [key_of(self.model, text) for text in texts]
        known = self._known(dict(zip(keys, texts, strict=True)))
        return [np.frombuffer(known[key], dtype="<f2").astype(np.float32) for key in keys]

    def _known(self, texts: Mapping[str, str]) -> dict[str, bytes]:
        known = {key: self._prepared[key] for key in texts if key in self._prepared}
        known.update(self._cache.get_many(_missing(texts, known)))
        missing = _missing(texts, known)
        for start in range(0, len(missing), AT_ONCE):
            new = {
                key: self._encoder.encode(texts[key]) for key in missing[start : start + AT_ONCE]
            }
            self._cache.put_many(new)
            known.update(new)
        return known


def _missing(keys: Iterable[str], known: Mapping[str, bytes]) -> list[str]:
    return [key for key in keys if key not in known]
