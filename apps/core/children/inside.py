"""What a child does about its own end of the line, and about its limits.

Time is limited by signals that the kernel sends, not by Python: a library may never come back, and
hold the interpreter's lock meanwhile. The parent has limits of its own; these hold when it died.
"""

import os
import resource
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, Final

READY: Final = b"!"  # said once, when everything is imported


class Line:
    """Standard output, which from now on nothing but an answer can reach."""

    def __init__(self) -> None:
        self._questions: BinaryIO = sys.stdin.buffer
        self._answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def send(self, message: bytes) -> None:
        self._answers.write(message)
        self._answers.flush()

    def read(self, length: int) -> bytes:
        """Exactly this many bytes. Raises EOFError: the parent has ended."""
        found = self._questions.read(length)
        if len(found) < length:
            raise EOFError
        return found


def limit_memory(address_bytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (address_bytes, address_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@contextmanager
def limit_time(cpu_s: float, wall_s: float = 0) -> Iterator[None]:
    """The kernel ends the process once it has used this much processor time (SIGPROF), or once
    this much time has passed (SIGALRM); 0 is without end."""
    signal.setitimer(signal.ITIMER_PROF, cpu_s)
    signal.setitimer(signal.ITIMER_REAL, wall_s)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
