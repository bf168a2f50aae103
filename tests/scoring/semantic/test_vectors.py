"""A sentence is embedded once: then it comes from what was prepared, or from the cache."""

import struct

import pytest

from apps.scoring.semantic.cache import MemoryCache, key_of
from apps.scoring.semantic.vectors import AT_ONCE, SentenceVectors

pytest.importorskip("numpy", reason="the semantic channel is not installed")


class Lengths:
    """Stands for a model: the vector of a text is its length. Remembers what it was asked."""

    sha256 = "lengths"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, text: str) -> bytes:
        self.asked.append(text)
        return struct.pack("<e", len(text))


def test_every_text_has_its_vector_in_the_given_order() -> None:
    vectors = SentenceVectors(Lengths(), MemoryCache())

    assert [list(row) for row in vectors.of(["ab", "a", "ab"])] == [[2.0], [1.0], [2.0]]
    assert vectors.of([]) == []


def test_a_sentence_is_embedded_once() -> None:
    model = Lengths()
    vectors = SentenceVectors(model, MemoryCache())

    vectors.of(["a", "bb", "a"])
    vectors.of(["bb", "ccc"])

    assert model.asked == ["a", "bb", "ccc"]


def test_prepared_sentences_are_not_embedded() -> None:
    model = Lengths()
    prepared = {key_of("lengths", "a"): struct.pack("<e", 7)}

    rows = SentenceVectors(model, MemoryCache(), prepared).of(["a"])

    assert list(rows[0]) == [7.0]
    assert model.asked == []


def test_another_cache_beside_the_same_model() -> None:
    model, cache = Lengths(), MemoryCache()
    vectors = SentenceVectors(model, MemoryCache()).with_cache(cache)

    vectors.of(["a"])

    assert vectors.model == "lengths"
    assert cache.get_many([key_of("lengths", "a")]) == {
        key_of("lengths", "a"): struct.pack("<e", 1)
    }


def test_what_was_embedded_before_a_fault_is_kept() -> None:
    class Breaks(Lengths):
        def encode(self, text: str) -> bytes:
            if text == "fault":
                raise MemoryError
            return super().encode(text)

    model = Breaks()
    vectors = SentenceVectors(model, MemoryCache())
    texts = [f"sentence {number}" for number in range(AT_ONCE)]

    with pytest.raises(MemoryError):
        vectors.of([*texts, "fault"])
    vectors.of(texts)

    assert model.asked == texts
