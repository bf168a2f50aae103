"""How is a stored document read without trusting it? By a child process that may die of it.

A child is started on demand and kept for the next question. While it is busy a second may run, so
that a document on which one of them hangs does not hold up the others; further questions wait.
"""

import asyncio
import atexit
import os
import signal
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

from apps.core.children import Child, Ended, NotStarted, OutOfTime, Pool, WhileWaiting
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
PROGRAM: Final = "apps.rooms.reader.child"


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


class Reader(Pool):
    """Thread-safe."""

    def __init__(self, limits: Limits | None = None) -> None:
        super().__init__(self._start_child, CHILDREN, kept=1)
        self.limits = limits or Limits()

    def read(
        self, payloads: Sequence[bytes], roots: Iterable[str], want: Iterable[Want]
    ) -> Reading:
        """Waits. Raises Unreadable or Unavailable."""
        question = write_question(Question(frozenset(want), list(roots), payloads))
        try:
            return self.ask(lambda child: self._put(question, child))
        except NotStarted as error:
            raise Unavailable(f"The reader of documents did not start: {error}.") from error
        except OutOfTime:
            raise Unavailable(f"No answer within {self.limits.wall_s:g} seconds.") from None
        except TooLong as error:
            raise Unreadable(str(error)) from None
        except Ended as ended:
            raise self._verdict(ended) from None

    def _start_child(self, while_waiting: WhileWaiting) -> Child:
        bounds = (self.limits.memory_bytes, self.limits.cpu_s, self.limits.answer_bytes)
        return Child(PROGRAM, bounds, while_waiting=while_waiting)

    def _put(self, question: bytes, child: Child) -> Reading:
        child.within(self.limits.wall_s)
        child.send(question)
        return _reading(read_answer(child.read, self.limits.answer_bytes))

    def _verdict(self, ended: Ended) -> ReaderFailed:
        """What the end of the child says about the document."""
        if ended.is_from_outside:
            return Unavailable("The reader of documents was ended twice.")
        if ended.status == -signal.SIGPROF:
            return Unreadable(f"It was not read within {self.limits.cpu_s:g} seconds.")
        if ended.signal_name:
            return Unreadable(f"The reader died of it: {ended.signal_name}.")
        return Unreadable(f"The reader ended without an answer, with status {ended.status}.")


def _reading(answer: Answer) -> Reading:
    if answer.unreadable:
        raise Unreadable(answer.unreadable)
    parts = answer.parts
    return Reading(
        parts.get(Want.CONTENT, b""),
        parts.get(Want.SNAPSHOT, b""),
        parts.get(Want.DIGEST, b"").decode(),
        parts.get(Want.NOTES, b""),
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
