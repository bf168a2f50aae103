"""A scorer that does what the notes say, such as to hang. Run in place of the real program."""

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable
from typing import Any, Final

from apps.scoring.child import program
from apps.scoring.engine.score import LexicalScoring


def hang() -> None:
    while True:
        pass


def eat_memory() -> None:
    kept = []
    while True:
        kept.append(bytearray(16 << 20))


def fail() -> None:
    raise ValueError("the notes say: a secret")


def say_much() -> None:
    print("x" * 1_000_000)  # noqa: T201


FAULTS: Final[dict[str, Callable[[], object]]] = {
    "HANG": hang,
    "SLEEP": lambda: time.sleep(600),
    "EAT": eat_memory,
    "FAIL": fail,
    "CRASH": lambda: ctypes.string_at(0),
    "EXIT": lambda: os._exit(3),
    "KILLED": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "SAY": say_much,
}

_score_step = LexicalScoring.score_step


def score_step(scoring: LexicalScoring, step: str) -> Any:
    notes = " ".join(body["notes"] for body in scoring.document["steps"])
    for word, fault in FAULTS.items():
        if word in notes:
            fault()
    return _score_step(scoring, step)


if __name__ == "__main__":
    setattr(LexicalScoring, "score_step", score_step)  # noqa: B010 - the type checker is right
    sys.exit(program.main())
