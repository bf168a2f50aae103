"""The people at the boards: one Node process with real Yjs, driven by lines of JSON."""

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from tests.e2e.server import ROOT

PROGRAM = ROOT / "frontend" / "tests-node" / "endurance" / "main.mjs"


class Cast:
    def __init__(self, process: subprocess.Popen[str], size: int) -> None:
        self._process = process
        self._size = size

    @property
    def actions(self) -> int:
        """What has been done so far, on all boards."""
        self._say("count")
        return int(self._hear()["count"])

    def act_until(self, actions: int) -> None:
        while self.actions < actions:
            pass

    def probe(self) -> bool:
        """Whether an edit of everybody was stored and reached everybody, before the driver's
        patience was at its end."""
        self._say("probe")
        return bool(self._hear()["probed"])

    def note(self, name: str) -> None:
        """A line in each history, to divide it by."""
        self._say("note", name=name)
        self._hear()

    def finish(self) -> Iterator[dict[str, Any]]:
        """All come to rest; what became of each board."""
        self._say("finish")
        for _ in range(self._size):
            yield self._hear()["outcome"]

    def _say(self, command: str, **details: str) -> None:
        assert self._process.stdin
        self._process.stdin.write(json.dumps({"do": command, **details}) + "\n")
        self._process.stdin.flush()

    def _hear(self) -> dict[str, Any]:
        assert self._process.stdout
        line = self._process.stdout.readline()
        assert line, f"the driver ended with status {self._process.wait()}"
        answer: dict[str, Any] = json.loads(line)
        return answer


@contextmanager
def acting(boards: Sequence[Mapping[str, Any]]) -> Iterator[Cast]:
    """People begin to act at these boards, whose plans `frontend/tests-node/endurance` takes."""
    process = subprocess.Popen(
        ["node", str(PROGRAM)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin
    try:
        process.stdin.write(json.dumps({"boards": boards}) + "\n")
        process.stdin.flush()
        yield Cast(process, len(boards))
    finally:
        process.kill()
        process.communicate()
