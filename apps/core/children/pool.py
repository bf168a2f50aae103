"""A few children that are kept for the next question: at most so many at a time."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias, TypeVar

from apps.core.children.child import TICK_S, Child, Ended, nothing

_T = TypeVar("_T")
WhileWaiting: TypeAlias = Callable[[], None]


class Pool:
    """Thread-safe. Whoever comes when all are busy waits.

    start: makes a child, and calls what it is given now and then while it waits for it.
    kept: so many stay when nobody asks them.
    """

    def __init__(self, start: Callable[[WhileWaiting], Child], size: int, kept: int) -> None:
        self._start = start
        self._slots = threading.BoundedSemaphore(size)
        self._kept = kept
        self.idle: list[Child] = []

    def ask(self, question: Callable[[Child], _T], while_waiting: WhileWaiting = nothing) -> _T:
        """What the question says to a child and makes of its answer; whatever it raises.

        A child that was kept may have been killed meanwhile: it is then asked of a new one.
        while_waiting: every TICK_S until the question is put to a child.
        """
        with self._slot(while_waiting):
            try:
                return self._ask(question, while_waiting)
            except Ended as ended:
                if not ended.is_from_outside:
                    raise
            self.stop()
            return self._ask(question, while_waiting)

    def close(self) -> None:
        """Keeps no child any more. It may be closed while a thread is still asking."""
        self._kept = 0
        self.stop()

    def stop(self) -> None:
        """Ends the children that nobody asks. The next question starts another."""
        while self.idle:
            self.idle.pop().stop()

    def abandon(self) -> None:
        """For a process that was forked: leaves the children to its parent."""
        for child in self.idle:
            child.abandon()

    @contextmanager
    def _slot(self, while_waiting: WhileWaiting) -> Iterator[None]:
        while not self._slots.acquire(timeout=TICK_S):
            while_waiting()
        try:
            yield
        finally:
            self._slots.release()

    def _ask(self, question: Callable[[Child], _T], while_waiting: WhileWaiting) -> _T:
        with self._child(while_waiting) as child:
            return question(child)

    @contextmanager
    def _child(self, while_waiting: WhileWaiting) -> Iterator[Child]:
        """A child, which is kept if nothing goes wrong."""
        try:
            child = self.idle.pop()
        except IndexError:
            child = self._start(while_waiting)
        try:
            yield child
        except BaseException:
            child.stop()
            raise
        self.idle.append(child)
        while len(self.idle) > self._kept:
            self.idle.pop(0).stop()
