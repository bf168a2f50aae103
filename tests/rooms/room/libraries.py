"""The two CRDT libraries as programs of their own: they may hang or die, the test goes on.

`yjs()` is real Yjs in Node, `pycrdt()` is pycrdt in a Python of its own. Both answer one line of
JSON for one line of JSON; see frontend/tests-node/yjs-desk.mjs for what can be asked.
"""

import json
import select
import shutil
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from apps.rooms.room.updates import Vector, vector_of

ROOT = Path(__file__).resolve().parents[3]
YJS = ("node", str(ROOT / "frontend" / "tests-node" / "yjs-desk.mjs"))
PYCRDT = (sys.executable, "-m", "tests.rooms.room.pycrdt_desk")
TIMEOUT_S = 10  # for one answer

needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed")


class Content(NamedTuple):
    """What a library reads. is_pending: some of it waits for changes that never came."""

    roots: Any
    vector: Vector
    is_pending: bool


class Desk:
    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def ask(self, **command: Any) -> dict[str, Any]:
        """Raises AssertionError if the library fails, dies or takes too long."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{json.dumps(command)}\n")
        self._process.stdin.flush()
        assert select.select([self._process.stdout], [], [], TIMEOUT_S)[0], "no answer in time"
        line = self._process.stdout.readline()
        assert line, "the library has died"
        answer: dict[str, Any] = json.loads(line, parse_int=float)  # as JavaScript counts
        assert "error" not in answer, answer["error"]
        return answer

    def read(self, updates: Sequence[bytes], roots: Sequence[str]) -> Content:
        """What a fresh document makes of these updates."""
        answer = self.ask(read=[text_of(update) for update in updates], roots=list(roots))
        vector = vector_of(b64decode(answer["vector"]))
        return Content(answer["content"], vector, answer["isPending"])


@contextmanager
def desk(command: Sequence[str]) -> Iterator[Desk]:
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    try:
        yield Desk(process)
    finally:
        process.kill()
        process.communicate()


def text_of(data: bytes) -> str:
    return b64encode(data).decode()
