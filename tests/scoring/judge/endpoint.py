"""A model's endpoint on loopback that behaves as it is told: well, or badly in every known way."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from apps.scoring.judge.client import Endpoint

KEY = "key-4711-that-nobody-may-see"
MODEL = "some-model"


@dataclass(frozen=True)
class Asked:
    """One request as it arrived."""

    head: str
    body: Any

    @property
    def text(self) -> str:
        """All that was sent, as one text."""
        return self.head + json.dumps(self.body, ensure_ascii=False)

    @property
    def facets(self) -> list[str]:
        items = self._properties["facets"]["items"]
        return list(items["properties"]["facet"]["enum"])

    @property
    def step(self) -> str:
        return str(self._properties["step"]["enum"][0])

    @property
    def _properties(self) -> Any:
        return self.body["response_format"]["json_schema"]["schema"]["properties"]


@dataclass
class Wire:
    """The open connection of one request; `closing` is set when the test is over."""

    socket: socket.socket
    closing: threading.Event

    def send(self, *pieces: bytes) -> None:
        for piece in pieces:
            self.socket.sendall(piece)


Behaviour: TypeAlias = Callable[[Asked, Wire], None]


@dataclass
class FakeEndpoint:
    """behaviours: one for each request, the last for all that follow."""

    port: int
    asked: list[Asked] = field(default_factory=list)
    behaviours: list[Behaviour] = field(default_factory=list)
    connections: int = 0

    def behave(self, *behaviours: Behaviour) -> None:
        self.behaviours = list(behaviours)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def endpoint(self) -> Endpoint:
        return Endpoint(self.url, KEY, MODEL)

    def next_behaviour(self) -> Behaviour:
        return self.behaviours.pop(0) if len(self.behaviours) > 1 else self.behaviours[0]


@contextmanager
def serving() -> Iterator[FakeEndpoint]:
    closing = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        fake = FakeEndpoint(listener.getsockname()[1])
        thread = threading.Thread(target=_listen, args=(listener, fake, closing))
        thread.start()
        try:
            yield fake
        finally:
            closing.set()
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            thread.join(timeout=5)


def _listen(listener: socket.socket, fake: FakeEndpoint, closing: threading.Event) -> None:
    threads = []
    while not closing.is_set():
        try:
            connection, _ = listener.accept()
        except OSError:
            break
        fake.connections += 1
        threads.append(threading.Thread(target=_serve, args=(connection, fake, closing)))
        threads[-1].start()
    for thread in threads:
        thread.join(timeout=5)


def _serve(connection: socket.socket, fake: FakeEndpoint, closing: threading.Event) -> None:
    with connection, connection.makefile("rb") as stream, suppress(OSError):
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            line = stream.readline()
            if not line:
                return
            head += line
        lines = head.decode().lower().splitlines()
        length = next(line for line in lines if line.startswith("content-length"))
        body = stream.read(int(length.partition(":")[2]))
        asked = Asked(head.decode(), json.loads(body))
        fake.asked.append(asked)
        fake.next_behaviour()(asked, Wire(connection, closing))


# What it may answer -----------------------------------------------------------------------------


def http(body: bytes, status: str = "200 OK", kind: str = "application/json", *more: str) -> bytes:
    lines = (
        f"HTTP/1.1 {status}",
        f"Content-Type: {kind}",
        f"Content-Length: {len(body)}",
        "Connection: close",
        *more,
    )
    return "\r\n".join((*lines, "", "")).encode() + body


def completion(content: Any, finish: str = "stop") -> bytes:
    """The envelope; content that is no text is written as JSON."""
    text = content if isinstance(content, str) else json.dumps(content)
    message = {"role": "assistant", "content": text}
    choice = {"index": 0, "message": message, "finish_reason": finish}
    return json.dumps({"choices": [choice]}).encode()


def sends(*pieces: bytes) -> Behaviour:
    return lambda _, wire: wire.send(*pieces)


def says(content: Any, finish: str = "stop") -> Behaviour:
    return sends(http(completion(content, finish)))


def fails(status: str) -> Behaviour:
    return sends(http(b'{"error": "no"}', status))


def answers(facets: Callable[[Asked], list[Any]]) -> Behaviour:
    """In the form that was asked for, about the step that was asked about."""

    def behave(asked: Asked, wire: Wire) -> None:
        wire.send(http(completion({"step": asked.step, "facets": facets(asked)})))

    return behave


def shows(*quotes: tuple[str, str], source: str = "notes", id_: str = "") -> Behaviour:
    """Says of each (facet, quote) that it is shown; the others are not."""
    return answers(
        lambda asked: [
            {
                "facet": facet,
                "shown": True,
                "evidence": [{"source": source, "id": id_ or asked.step, "quote": quote}],
            }
            for facet, quote in quotes
            if facet in asked.facets
        ]
    )


def obeys(*quotes: str) -> Behaviour:
    """A model that was talked over: everything is shown, each facet with the same quotes."""
    return answers(
        lambda asked: [
            {
                "facet": facet,
                "shown": True,
                "evidence": [
                    {"source": "notes", "id": asked.step, "quote": quote} for quote in quotes[:3]
                ],
            }
            for facet in asked.facets
        ]
    )


def stalls(_: Asked, wire: Wire) -> None:
    wire.closing.wait(timeout=30)


def drips(_: Asked, wire: Wire) -> None:
    """A byte at a time, so that no single read is ever late."""
    wire.send(http(b"").replace(b"Content-Length: 0", b"Content-Length: 100000"))
    while not wire.closing.wait(timeout=0.02):
        wire.send(b" ")


def never_ends(_: Asked, wire: Wire) -> None:
    wire.send(
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    while not wire.closing.is_set():
        wire.send(b"10000\r\n", b" " * 0x10000, b"\r\n")


def breaks_off(_: Asked, wire: Wire) -> None:
    wire.send(http(completion({"step": "metrics", "facets": []}))[:-10])
