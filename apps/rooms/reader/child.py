"""The program that opens documents. Run by `client`, never by hand:

    python -m apps.rooms.reader.child <memory in bytes> <CPU seconds a document> <longest answer>

Questions come on standard input and answers leave by standard output. It ends with its input, that
is with its client. It knows nothing of Django, of the database or of the network.

Time is limited by a signal that the kernel sends, not by Python: the library does not come back
from some documents, and holds the interpreter's lock meanwhile. The client has a limit of its own;
this one also holds when the client has died.
"""

import json
import os
import resource
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, Final

from pycrdt import Doc

from apps.designs.document.live import content_of
from apps.rooms.reader.canonical import digest_of
from apps.rooms.reader.messages import Answer, Question, Want, read_question, write_answer

READY: Final = b"!"  # said once, when everything is imported
MAX_REASON = 300  # characters


def main() -> int:
    memory_bytes, cpu_s, max_bytes = int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    questions, answers = sys.stdin.buffer, _private_output()
    _send(answers, READY)
    while True:
        try:
            question = read_question(lambda length: _read(questions, length))
        except EOFError:
            return 0
        with _cpu_limit(cpu_s):
            answer = _answer(question, max_bytes)
        _send(answers, write_answer(answer))
        if answer.unreadable:
            return 1  # the library may have left locks and memory in any state


def _answer(question: Question, max_bytes: int) -> Answer:
    """Never raises: a panic of the library is a BaseException, and memory may run out anywhere."""
    try:
        doc = _load(question.payloads)
        parts = {want: _part(doc, want, question.roots) for want in question.want}
        length = sum(map(len, parts.values()))
    except BaseException as error:
        return Answer({}, f"{type(error).__name__}: {error}"[:MAX_REASON])
    if length > max_bytes:
        return Answer({}, f"It says {length} bytes, where {max_bytes} are the most.")
    return Answer(parts)


def _load(payloads: Iterable[bytes]) -> "Doc[Any]":
    doc: Doc[Any] = Doc()
    with doc.transaction():
        for payload in payloads:
            doc.apply_update(payload)
    return doc


def _part(doc: "Doc[Any]", want: Want, roots: Iterable[str]) -> bytes:
    match want:
        case Want.CONTENT:
            return json.dumps(vars(content_of(doc))).encode()
        case Want.SNAPSHOT:
            return doc.get_update()
        case Want.DIGEST:
            return digest_of(doc, roots).encode()


@contextmanager
def _cpu_limit(seconds: float) -> Iterator[None]:
    """The kernel ends the process by SIGPROF once it has used this much processor time."""
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _private_output() -> BinaryIO:
    """Standard output, which from now on nothing but an answer can reach."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return answers


def _send(answers: BinaryIO, message: bytes) -> None:
    answers.write(message)
    answers.flush()


def _read(questions: BinaryIO, length: int) -> bytes:
    """Exactly this many bytes. Raises EOFError."""
    found = questions.read(length)
    if len(found) < length:
        raise EOFError
    return found


if __name__ == "__main__":
    sys.exit(main())
