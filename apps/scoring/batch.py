"""How are many files scored? On all cores, told in the order they were named, a few at a time.

Each process reads and scores whole files, so that no more documents are in memory than twice the
processes. A process that dies takes its file's score with it, and the files after it go on.
"""

import logging
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from apps.core.errors import Invalid, NinestepError
from apps.designs.document.validation import read_json
from apps.scoring.stdio import Asked, dump, score_document
from apps.scoring.table import table_of

STANDARD_INPUT: Final = "-"
# Files that wait for each process, so that none is idle.
WAITING: Final = 2

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Scored:
    """text: what is printed of a file; None if it was not scored, for these faults."""

    text: str | None
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """as_json: the reply in a line, else a table."""

    asked: Asked
    as_json: bool


def score_files(files: Sequence[str], form: Form, jobs: int) -> Iterator[Scored]:
    """In the order of the files."""
    jobs = min(jobs, len(files))
    if jobs <= 1 or STANDARD_INPUT in files:
        yield from (score_file(file, form) for file in files)
        return
    waiting = deque(files)
    while waiting:
        with ProcessPoolExecutor(jobs) as pool:
            try:
                yield from _in_order(pool, waiting, form, WAITING * jobs)
            except BrokenProcessPool:
                # Any of those that ran can be the cause: the first of them is tried alone.
                yield _alone(waiting.popleft(), form)


def _in_order(
    pool: ProcessPoolExecutor, waiting: deque[str], form: Form, most: int
) -> Iterator[Scored]:
    """Takes each file off `waiting` once it is scored. most: how many are with the pool at once."""
    running: deque[Future[Scored]] = deque()
    while waiting:
        while len(running) < min(most, len(waiting)):
            running.append(pool.submit(score_file, waiting[len(running)], form))
        scored = running.popleft().result()
        waiting.popleft()
        yield scored


def _alone(file: str, form: Form) -> Scored:
    with ProcessPoolExecutor(1) as pool:
        try:
            return pool.submit(score_file, file, form).result()
        except BrokenProcessPool:
            return Scored(None, (f"{file}: its process ended, perhaps for want of memory",))


def score_file(file: str, form: Form) -> Scored:
    try:
        reply = score_document(read_json(_bytes_of(file)), form.asked)
    except OSError as error:
        return Scored(None, (f"{file}: cannot be read: {error.strerror}",))
    except Invalid as error:
        return Scored(None, tuple(f"{file}: {one.path} {one.reason}" for one in error.faults))
    except NinestepError as error:
        return Scored(None, (f"{file}: {error}",))
    except Exception:
        # One file must not end the batch; the log tells the operator what the fault was.
        log.exception("A file could not be scored: %s", file)
        return Scored(None, (f"{file}: cannot be scored because of a fault in the program",))
    return Scored(dump(reply) if form.as_json else table_of(file, reply))


def _bytes_of(file: str) -> bytes:
    return sys.stdin.buffer.read() if file == STANDARD_INPUT else Path(file).read_bytes()
