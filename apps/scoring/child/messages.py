"""What do the scorer and its client say to one another?

A message is its length (four bytes, big-endian) and JSON. Nothing in it can be executed.

    question  {"task": "score_step", "document": "<sha256>", "rubric": "<sha256>",
               "problem": "<sha256>" or null, "model": "<sha256>" or null, "step": "metrics"}
    answer    {"need": ["document", "rubric"]}
    question  {…, "given": {"document": {…}, "rubric": {…}}}
    answer    {"done": {…}}    or    {"failed": "TypeError"}    or    {"refused": "a sentence"}

Before its answer the child may ask for vectors of sentences, and say some to be kept:

    {"get": ["<key>", …]}    which is answered by    {"<key>": "<base64>"}
    {"put": {"<key>": "<base64>"}}

A question names what it is about by hashes: the child keeps what it was given lately, and asks for
the rest.
"""

import json
import struct
from collections.abc import Callable
from typing import TypeAlias

from apps.core.json import JsonObject

LENGTH = struct.Struct("!I")

# Gives exactly as many bytes as it is asked for.
ReadExactly: TypeAlias = Callable[[int], bytes]


class TooLong(Exception):
    """The message announces more bytes than anybody wants to have."""


def write_message(message: JsonObject) -> bytes:
    text = json.dumps(message, separators=(",", ":")).encode()
    return LENGTH.pack(len(text)) + text


def read_message(read: ReadExactly, max_bytes: int) -> JsonObject:
    """Raises TooLong before it has read anything long."""
    [length] = LENGTH.unpack(read(LENGTH.size))
    if length > max_bytes:
        raise TooLong(f"a message of {length} bytes, where {max_bytes} are the most")
    message: JsonObject = json.loads(read(length))
    return message
