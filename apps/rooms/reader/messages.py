"""What do the reader and its client say to one another?

A message is the length of its head (four bytes, big-endian), the head (JSON), and the parts that
the head gives the lengths of. Nothing in it can be executed.

    question  {"want": ["content", …], "roots": ["meta", …], "parts": [12, …]}
    answer    {"parts": {"content": 120, "digest": 64}, "unreadable": ""}
              {"parts": {}, "unreadable": "PanicException: …"}

The parts of a question are the updates in order; those of an answer just what was wanted.
"""

import json
import struct
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from apps.designs.document.live import LiveContent

LENGTH = struct.Struct("!I")

# Gives exactly as many bytes as it is asked for, or raises EOFError.
ReadExactly: TypeAlias = Callable[[int], bytes]


class Want(StrEnum):
    """A part of the answer."""

    CONTENT = "content"
    SNAPSHOT = "snapshot"
    DIGEST = "digest"
    NOTES = "notes"


@dataclass(frozen=True)
class Reading:
    """What was asked for of a document; the rest is empty.

    snapshot: the whole document as one update, without what was deleted. digest: see `canonical`.
    """

    content_json: bytes = b""
    snapshot: bytes = b""
    digest: str = ""
    notes_json: bytes = b""

    @property
    def content(self) -> LiveContent:
        """A copy of its own for whoever asks."""
        return LiveContent(**json.loads(self.content_json))

    @property
    def notes(self) -> dict[str, str]:
        """The texts of the document's notes that are not empty, by step."""
        notes: dict[str, str] = json.loads(self.notes_json)
        return notes


class Question(NamedTuple):
    want: frozenset[Want]
    roots: Sequence[str]
    payloads: Sequence[bytes]


class Answer(NamedTuple):
    """unreadable: why the document could not be read, or nothing."""

    parts: Mapping[Want, bytes]
    unreadable: str = ""


class TooLong(Exception):
    """The answer announces more bytes than anybody wants to have."""


def write_question(question: Question) -> bytes:
    head = {
        "want": sorted(question.want),
        "roots": list(question.roots),
        "parts": [len(payload) for payload in question.payloads],
    }
    return _joined(head, question.payloads)


def read_question(read: ReadExactly) -> Question:
    [length] = LENGTH.unpack(read(LENGTH.size))
    head = json.loads(read(length))
    payloads = [read(length) for length in head["parts"]]
    return Question(frozenset(map(Want, head["want"])), head["roots"], payloads)


def write_answer(answer: Answer) -> bytes:
    lengths = {want: len(part) for want, part in answer.parts.items()}
    return _joined({"parts": lengths, "unreadable": answer.unreadable}, answer.parts.values())


def read_answer(read: ReadExactly, max_bytes: int) -> Answer:
    """Raises TooLong before it has read anything long."""
    [length] = LENGTH.unpack(read(LENGTH.size))
    head = json.loads(read(_bounded(length, max_bytes)))
    _bounded(sum(head["parts"].values()), max_bytes)
    parts = {Want(want): read(length) for want, length in head["parts"].items()}
    return Answer(parts, head["unreadable"])


def _joined(head: Mapping[str, object], parts: Iterable[bytes]) -> bytes:
    text = json.dumps(head).encode()
    return b"".join([LENGTH.pack(len(text)), text, *parts])


def _bounded(length: int, max_bytes: int) -> int:
    if length > max_bytes:
        raise TooLong(f"an answer of {length} bytes, where {max_bytes} are the most")
    return length
