"""One running program, and the line to it: its standard input and output.

Whoever asks has a deadline for the whole answer, and may do something now and then while waiting.
After any error the child is of no use, and has to be stopped.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

_T = TypeVar("_T")
START_LIMIT_S: Final = 30.0
TICK_S: Final = 1.0
PRODUCT: Final = Path(__file__).resolve().parents[3]
# A shared Python may need the library path; no secret of the product goes to a child.
ENVIRONMENT: Final = ("PATH", "LANG", "LD_LIBRARY_PATH")


class NotStarted(Exception):
    """The program did not come up: the installation or the machine is at fault."""


class OutOfTime(Exception):
    """There is no answer yet, and the deadline has passed."""


class Ended(Exception):
    """The program has ended. status: as `Popen.returncode`; None if it only closed the line."""

    def __init__(self, status: int | None) -> None:
        super().__init__(f"status {status}")
        self.status = status

    @property
    def is_from_outside(self) -> bool:
        """Somebody or the kernel ended it: that says nothing about its work."""
        return self.status in (None, -signal.SIGKILL, -signal.SIGTERM)

    @property
    def signal_name(self) -> str:
        """Nothing if it ended by itself."""
        return signal.Signals(-self.status).name if self.status and self.status < 0 else ""


def nothing() -> None:
    pass


class Child:
    """For one thread at a time."""

    def __init__(
        self,
        program: str,
        arguments: Sequence[object],
        *,
        environment: Sequence[str] = (),
        while_waiting: Callable[[], None] = nothing,
    ) -> None:
        """Returns when the program has said that it is ready, by one byte. Raises NotStarted.

        program: a module to be run. environment: names of variables that it is given too.
        """
        self.within(START_LIMIT_S, while_waiting)
        self._line, its_end = socket.socketpair()
        try:
            self._process = _start(program, arguments, environment, its_end)
        except OSError as error:
            self._line.close()
            raise NotStarted(str(error)) from error
        finally:
            its_end.close()
        try:
            self.read(1)
        except (Ended, OutOfTime) as error:
            self.stop()
            raise NotStarted(str(error)) from error
        except BaseException:
            self.stop()
            raise

    @property
    def process_id(self) -> int:
        return self._process.pid

    def within(self, limit_s: float, while_waiting: Callable[[], None] = nothing) -> None:
        """From now on so long for all that is sent and read. while_waiting: every TICK_S of it."""
        now = time.monotonic()
        self._deadline, self._next_look = now + limit_s, now + TICK_S
        self._while_waiting = while_waiting

    def send(self, message: bytes) -> None:
        """Raises Ended, OutOfTime."""
        rest = memoryview(message)
        while rest:
            rest = rest[self._patiently(partial(self._line.send, rest)) :]

    def read(self, length: int) -> bytes:
        """Exactly so many bytes. Raises Ended, OutOfTime."""
        parts: list[bytes] = []
        while length:
            part = self._patiently(partial(self._line.recv, min(length, 1 << 20)))
            if not part:
                raise self._obituary()
            parts.append(part)
            length -= len(part)
        return b"".join(parts)

    def stop(self) -> None:
        self._line.close()
        self._process.kill()
        self._process.wait()

    def abandon(self) -> None:
        """For a process that was forked: it is its parent's child, not to be waited for."""
        self._line.close()
        self._process.returncode = 0

    def _patiently(self, step: Callable[[], _T]) -> _T:
        while True:
            self._look_up()
            left_s = self._left_s()
            self._line.settimeout(min(left_s, TICK_S))
            try:
                return step()
            except TimeoutError:
                if left_s <= TICK_S:
                    raise OutOfTime("no answer in time") from None
            except OSError:
                raise self._obituary() from None

    def _look_up(self) -> None:
        """By the clock, not by the silence: a child may say something all the time."""
        now = time.monotonic()
        if now >= self._next_look:
            self._next_look = now + TICK_S
            self._while_waiting()

    def _left_s(self) -> float:
        """Never nothing: what has arrived already may be read."""
        return max(self._deadline - time.monotonic(), 0.001)

    def _obituary(self) -> Ended:
        try:
            return Ended(self._process.wait(self._left_s()))
        except subprocess.TimeoutExpired:
            return Ended(None)


def _start(
    program: str, arguments: Sequence[object], environment: Sequence[str], line: socket.socket
) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603  no shell, no word of a user
        [sys.executable, "-m", program, *map(str, arguments)],
        stdin=line.fileno(),
        stdout=line.fileno(),
        cwd=PRODUCT,
        env={name: os.environ[name] for name in (*ENVIRONMENT, *environment) if name in os.environ},
        start_new_session=True,  # an interrupt at the terminal is for the server alone
    )
