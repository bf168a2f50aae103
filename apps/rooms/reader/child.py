"""The program that opens documents. Run by `client`, never by hand:

    python -m apps.rooms.reader.child <memory in bytes> <CPU seconds a document> <longest answer>

Questions come on standard input and answers leave by standard output. It ends with its input, that
is with its client. It knows nothing of Django, of the database or of the network.

Its time is limited by the kernel: the library does not come back from some documents.
"""

import json
import sys
from collections.abc import Iterable
from typing import Any

from pycrdt import Doc

from apps.core.children.inside import READY, Line, limit_memory, limit_time
from apps.designs.document.live import content_of, notes_of
from apps.rooms.reader.canonical import digest_of
from apps.rooms.reader.messages import Answer, Question, Want, read_question, write_answer

MAX_REASON = 300  # characters


def main() -> int:
    memory_bytes, cpu_s, max_bytes = int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
    limit_memory(memory_bytes)
    line = Line()
    line.send(READY)
    while True:
        try:
            question = read_question(line.read)
        except EOFError:
            return 0
        with limit_time(cpu_s):
            answer = _answer(question, max_bytes)
        line.send(write_answer(answer))
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
        case Want.NOTES:
            return json.dumps(notes_of(doc)).encode()


if __name__ == "__main__":
    sys.exit(main())
