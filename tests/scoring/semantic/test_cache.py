"""Vectors of sentences are kept by hash, and the ones used last stay."""

from apps.scoring.semantic.cache import MemoryCache, key_of


def test_a_key_tells_models_and_texts_apart() -> None:
    keys = {key_of(model, text) for model in ("one", "other") for text in ("a", "b")}

    assert len(keys) == 4


def test_what_was_put_is_found_and_nothing_else() -> None:
    cache = MemoryCache()

    cache.put_many({"a": b"1", "b": b"2"})

    assert cache.get_many(["a", "c"]) == {"a": b"1"}


def test_what_was_not_asked_for_the_longest_is_forgotten() -> None:
    cache = MemoryCache(most=2)
    cache.put_many({"a": b"1", "b": b"2"})
    cache.get_many(["a"])

    cache.put_many({"c": b"3"})

    assert cache.get_many(["a", "b", "c"]) == {"a": b"1", "c": b"3"}
