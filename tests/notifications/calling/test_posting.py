"""A call, made to a server of this test: what it is sent, and what it may not do to us."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from apps.notifications.calling.posting import MAX_ANSWER_BYTES, NotDelivered, post
from apps.notifications.calling.targets import Target

Answer = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def receiver(answer: Answer) -> Iterator[tuple[Target, list[dict[str, Any]]]]:
    """A server on this machine, with what it got."""
    got: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            got.append({"path": self.path, "body": body, "host": self.headers["Host"]})
            answer(self)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        port = server.server_address[1]
        yield Target("http", "hooks.example.com", port, "127.0.0.1", "/in?x=1"), got
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def status(code: int, **headers: str) -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(code)
        for name, value in {"Content-Length": "0", **headers}.items():
            request.send_header(name, value)
        request.end_headers()

    return answer


def test_call_goes_to_the_checked_address_under_the_right_name() -> None:
    with receiver(status(204)) as (target, got):
        assert post(target, b"{}", {"webhook-id": "one"}) == 204

    assert got == [{"path": "/in?x=1", "body": b"{}", "host": f"hooks.example.com:{target.port}"}]


def test_redirect_is_not_followed() -> None:
    with (
        receiver(status(302, Location="/elsewhere")) as (target, got),
        pytest.raises(NotDelivered, match="redirect") as raised,
    ):
        post(target, b"{}", {})

    assert raised.value.status == 302
    assert len(got) == 1


def test_refusal_is_told_with_its_status() -> None:
    with receiver(status(410)) as (target, _), pytest.raises(NotDelivered) as raised:
        post(target, b"{}", {})

    assert raised.value.status == 410


def test_answer_without_end_is_cut_off() -> None:
    def endless(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        for _ in range(4):
            request.wfile.write(b"x" * MAX_ANSWER_BYTES)

    with receiver(endless) as (target, _), pytest.raises(NotDelivered, match="too large"):
        post(target, b"{}", {})


def test_receiver_that_says_nothing_is_left_after_a_while() -> None:
    over = threading.Event()

    def silent(_: BaseHTTPRequestHandler) -> None:
        over.wait(10)

    with receiver(silent) as (target, _):
        with pytest.raises(NotDelivered, match=r"within 0.2 seconds"):
            post(target, b"{}", {}, timeout_s=0.2)
        over.set()


def test_server_without_a_valid_certificate_is_not_told_anything() -> None:
    with receiver(status(200)) as (plain, got), pytest.raises(NotDelivered):
        post(Target("https", plain.host, plain.port, plain.ip, "/"), b"{}", {})

    assert got == []
