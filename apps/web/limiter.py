"""Slows down who guesses share tokens. Only failures count: a full office is not one user."""

from django.core.cache import cache
from django.http import HttpRequest

FAILURES_ALLOWED = 20
WINDOW_S = 600


def is_guessing(request: HttpRequest) -> bool:
    failures: int = cache.get(_key(request), 0)
    return failures >= FAILURES_ALLOWED


def note_failure(request: HttpRequest) -> None:
    key = _key(request)
    cache.add(key, 0, WINDOW_S)
    try:
        cache.incr(key)
    except ValueError:  # it ran out between the two lines
        cache.set(key, 1, WINDOW_S)


def _key(request: HttpRequest) -> str:
    """The peer's address; the server has replaced it by the real one behind a trusted proxy."""
    return f"token-failures:{request.META.get('REMOTE_ADDR', '')}"
