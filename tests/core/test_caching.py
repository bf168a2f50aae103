"""The cache whose server is gone: empty, and no fault."""

from django.core.cache import BaseCache

from apps.core.caching import ForgivingRedisCache


def test_cache_that_does_not_answer_is_an_empty_one() -> None:
    nobody_listens_there = "redis://127.0.0.1:1/0"
    cache: BaseCache = ForgivingRedisCache(nobody_listens_there, {})

    cache.set("picture", b"svg", 60)

    assert cache.get("picture", "none") == "none"
    assert cache.add("failures", 0, 60) is True
    assert cache.incr("failures") == 1
    assert cache.delete("picture") is False
