"""Which pages may open a socket: those of this very server, and no other."""

from typing import Any

import pytest
from pytest_django import Settings

from apps.accounts.sockets import is_own_origin


def scope_of(origin: str, scheme: str = "ws") -> dict[str, Any]:
    headers = [(b"host", b"localhost:8000"), (b"origin", origin.encode())]
    return {"type": "websocket", "scheme": scheme, "headers": headers}


@pytest.mark.parametrize("origin", ["http://localhost:8000", "http://LOCALHOST:8000"])
def test_own_origin_is_let_in(origin: str) -> None:
    assert is_own_origin(scope_of(origin))


@pytest.mark.parametrize(
    "origin",
    [
        "",
        "null",
        "http://",
        "http://[",
        "ftp://localhost:8000",
        "https://localhost:8000",
        "http://localhost",
        "http://localhost:8001",
        "http://localhost:8000/page",
        "http://somebody@localhost:8000",
        "http://localhost:8000.example",
        "http://a.localhost:8000",
        "http://localhost:8000 http://localhost:8000",
    ],
)
def test_any_other_origin_is_refused(origin: str) -> None:
    assert not is_own_origin(scope_of(origin))


def test_missing_origin_is_refused() -> None:
    assert not is_own_origin({"type": "websocket", "headers": [(b"host", b"localhost:8000")]})


def test_behind_tls_only_https_is_ours(settings: Settings) -> None:
    settings.BEHIND_TLS = True

    assert is_own_origin(scope_of("https://localhost:8000"))
    assert not is_own_origin(scope_of("http://localhost:8000"))


def test_host_that_is_not_served_is_refused() -> None:
    headers = [(b"host", b"evil.example"), (b"origin", b"http://evil.example")]

    assert not is_own_origin({"type": "websocket", "scheme": "ws", "headers": headers})
