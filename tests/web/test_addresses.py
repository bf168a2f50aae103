"""Under which names a server is reached."""

import socket

import pytest

from apps.web.serving import addresses


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000/"),
        ("board.local", "http://board.local:8000/"),
        ("::1", "http://[::1]:8000/"),
        ("0.0.0.0", "http://localhost:8000/"),
    ],
)
def test_base_url_can_be_clicked(host: str, url: str) -> None:
    assert addresses.base_url(host, 8000) == url


def test_a_server_that_listens_everywhere_is_reached_by_the_name_of_the_machine() -> None:
    assert socket.gethostname() in addresses.names("0.0.0.0")
