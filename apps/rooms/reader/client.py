"""How is a stored document read without trusting it? By a child process that may die of it.

A child is started on demand and kept for the next question. While it is busy a second may run, so
that a document on which one of them hangs does not hold up the others; further questions wait.
"""

import asyncio
import atexit
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from apps.rooms.reader.messages import (
    Answer,
    Question,
    Reading,
    TooLong,
    Want,
    read_answer,
    write_question,
)

CHILDREN: Final = 2  # at most, of one process
START_LIMIT_S: Final = 30.0
PROGRAM: Final = "apps.rooms.reader.child"
PRODUCT: Final = Path(__file__).resolve().parents[3]
# A shared Python may need the library path; no secret of the product goes to the child.
ENVIRONMENT: Final = ("PATH", "LANG", "LD_LIBRARY_PATH")


@dataclass(frozen=True)
class Limits:
    """memory_bytes: of addresses. A board of 13 MB takes 300 MB.

    cpu_s: for one document, after which it counts as unreadable. That board takes 2.4 s.
    wall_s: for one answer. It is far longer than cpu_s, and passing it says nothing about the
    document: a busy or suspended machine is the likely reason.
    """

    memory_bytes: int = 512 * 1024 * 1024
    cpu_s: float = 10.0
    wall_s: float = 60.0
    answer_bytes: int = 64 * 1024 * 1024


class ReaderFailed(Exception):
    """There is no reading. The message says why."""


class Unreadable(ReaderFailed):
    """It is the document: any other try would end the same way."""


class Unavailable(ReaderFailed):
    """It is not the document: the child could not be started, was killed or had no time."""


class _Gone(Exception):
    """The child is not there any more, and nothing says that the document is to blame."""


class Reader:
    """Thread-safe."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._slots = threading.BoundedSemaphore(CHILDREN)
        self.idle: list[_Child] = []  # children that wait for a question: at most one
        self._is_closed = False

    def read(
        self, payloads: Sequence[bytes], roots: Iterable[str], want: Iterable[Want]
    ) -> Reading:
        """Waits. Raises Unreadable or Unavailable."""
        question = write_question(Question(frozenset(want), list(roots), payloads))
        with self._slots:
            try:
                return self._ask(question)
            except _Gone:
                # It may have been killed while it was idle. The next one has just been started.
                return self._ask_anew(question)

    def close(self) -> None:
        """Keeps no child any more."""
        self._is_closed = True
        self.stop()

    def stop(self) -> None:
        """Ends the child that waits for a question. The next question starts another."""
        while self.idle:
            self.idle.pop().stop()

    def abandon(self) -> None:
        """For a process that was forked: closes its copy of the line, and leaves the child to its
        parent."""
        for child in self.idle:
            child.abandon()

    def _ask(self, question: bytes) -> Reading:
        with self._child() as child:
            return _reading(child.ask(question, self.limits))

    def _ask_anew(self, question: bytes) -> Reading:
        self.stop()
        try:
            return self._ask(question)
        except _Gone as error:
            raise Unavailable(f"The reader of documents was ended twice: {error}.") from None

    @contextmanager
    def _child(self) -> "Iterator[_Child]":
        """A child, which is kept if nothing goes wrong."""
        try:
            child = self.idle.pop()
        except IndexError:
            child = _Child(self.limits)
        try:
            yield child
        except BaseException:
            child.stop()
            raise
        self.idle.append(child)
        while len(self.idle) > (0 if self._is_closed else 1):
            self.idle.pop(0).stop()


class _Child:
    """One running program, and the line to it."""

    def __init__(self, limits: Limits) -> None:
        """Returns when it is ready, so that a broken installation is not taken for a broken
        document. Raises Unavailable."""
        self._deadline = time.monotonic() + START_LIMIT_S
        self._line, its_end = socket.socketpair()
        try:
            self._process = _start(limits, its_end)
        except OSError as error:
            self._line.close()
            raise Unavailable(f"The reader of documents did not start: {error}.") from error
        finally:
            its_end.close()
        try:
            self._read(1)
        except (OSError, EOFError) as error:
            self.stop()
            raise Unavailable("The reader of documents did not start.") from error

    @property
    def process_id(self) -> int:
        return self._process.pid

    def ask(self, question: bytes, limits: Limits) -> Answer:
        """Raises Unreadable, Unavailable or _Gone; the child is of no use then."""
        self._deadline = time.monotonic() + limits.wall_s
        try:
            self._send(question)
            return read_answer(self._read, limits.answer_bytes)
        except TimeoutError:
            raise Unavailable(f"No answer within {limits.wall_s:g} seconds.") from None
        except TooLong as error:
            raise Unreadable(str(error)) from None
        except (OSError, EOFError):
            raise self._obituary(limits) from None

    def stop(self) -> None:
        self._line.close()
        self._process.kill()
        self._process.wait()

    def abandon(self) -> None:
        self._line.close()
        self._process.returncode = 0  # it is somebody else's child: not to be waited for

    def _send(self, message: bytes) -> None:
        self._line.settimeout(self._left_s())
        self._line.sendall(message)

    def _read(self, length: int) -> bytes:
        parts: list[bytes] = []
        while length:
            self._line.settimeout(self._left_s())
            part = self._line.recv(min(length, 1 << 20))
            if not part:
                raise EOFError
            parts.append(part)
            length -= len(part)
        return b"".join(parts)

    def _left_s(self) -> float:
        """Never nothing: what has arrived already may be read."""
        return max(self._deadline - time.monotonic(), 0.001)

    def _obituary(self, limits: Limits) -> Exception:
        """What the end of the child says about the document."""
        try:
            status = self._process.wait(self._left_s())
        except subprocess.TimeoutExpired:
            return _Gone("it closed the line")
        if status in (-signal.SIGKILL, -signal.SIGTERM):
            return _Gone(f"by {signal.Signals(-status).name}, which it was sent")
        if status == -signal.SIGPROF:
            return Unreadable(f"It was not read within {limits.cpu_s:g} seconds.")
        if status < 0:
            return Unreadable(f"The reader died of it: {signal.Signals(-status).name}.")
        return Unreadable(f"The reader ended without an answer, with status {status}.")


def _start(limits: Limits, line: socket.socket) -> "subprocess.Popen[bytes]":
    bounds = (limits.memory_bytes, limits.cpu_s, limits.answer_bytes)
    return subprocess.Popen(  # noqa: S603  no shell, no word of a user
        [sys.executable, "-m", PROGRAM, *map(str, bounds)],
        stdin=line.fileno(),
        stdout=line.fileno(),
        cwd=PRODUCT,
        env={name: os.environ[name] for name in ENVIRONMENT if name in os.environ},
        start_new_session=True,  # an interrupt at the terminal is for the server alone
    )


def _reading(answer: Answer) -> Reading:
    if answer.unreadable:
        raise Unreadable(answer.unreadable)
    parts = answer.parts
    return Reading(
        parts.get(Want.CONTENT, b""),
        parts.get(Want.SNAPSHOT, b""),
        parts.get(Want.DIGEST, b"").decode(),
    )


_reader = Reader()
_threads = ThreadPoolExecutor(CHILDREN, thread_name_prefix="reader")


def read(payloads: Sequence[bytes], roots: Iterable[str], want: Iterable[Want]) -> Reading:
    """By the reader of this process. Waits. Raises Unreadable or Unavailable."""
    return _reader.read(payloads, roots, want)


async def aread(payloads: Sequence[bytes], roots: Iterable[str], want: Iterable[Want]) -> Reading:
    """`read` for an event loop."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_threads, read, payloads, roots, want)


def current_limits() -> Limits:
    return _reader.limits


def use_limits(limits: Limits) -> None:
    """For the reader of this process, from the next question on."""
    global _reader
    _reader.close()
    _reader = Reader(limits)


def _begin_after_fork() -> None:
    """Locks, threads and the line to a child belong to the parent."""
    global _reader, _threads
    _reader.abandon()
    _reader = Reader(_reader.limits)
    _threads = ThreadPoolExecutor(CHILDREN, thread_name_prefix="reader")


def _end() -> None:
    _reader.close()  # the one of that moment


atexit.register(_end)
os.register_at_fork(after_in_child=_begin_after_fork)
