"""What if the cache does not answer? Then it is empty: slower, but nobody is turned away."""

import logging
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache import cache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

_T = TypeVar("_T")
log = logging.getLogger(__name__)


def _or_else(otherwise: _T, call: Callable[..., _T], *arguments: Any) -> _T:
    try:
        return call(*arguments)
    except RedisError as error:
        log.warning("The cache does not answer: %s", error)
        return otherwise


def forget(prefix: str) -> None:
    """Takes all keys of the prefix out of the cache. It holds nothing that cannot be made again.

    Raises RedisError where the cache does not answer: it may hold what had to go.
    """
    if isinstance(cache, ForgivingRedisCache):
        cache.delete_prefix(prefix)
    else:
        cache.clear()  # of this process, which is the only one where there is no Redis


class _ForgivingClient(RedisCacheClient):
    """The calls that we and our libraries make, each with what an empty cache would say."""

    def get(self, key: Any, default: Any) -> Any:
        return _or_else(default, super().get, key, default)

    def add(self, key: Any, value: Any, timeout: Any) -> bool:
        return _or_else(True, super().add, key, value, timeout)

    def set(self, key: Any, value: Any, timeout: Any) -> None:
        _or_else(None, super().set, key, value, timeout)

    def incr(self, key: Any, delta: int) -> int:
        return _or_else(delta, super().incr, key, delta)

    def delete(self, key: Any) -> bool:
        return _or_else(False, super().delete, key)


class ForgivingRedisCache(RedisCache):
    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = _ForgivingClient

    def delete_prefix(self, prefix: str) -> None:
        client = self._cache.get_client(write=True)
        for key in client.scan_iter(match=self.make_key(prefix) + "*", count=1000):
            client.delete(key)
