"""`manage.py render`, as a person or a script calls it."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "tests/diagrams/examples/video-recommendation.json"


def render(
    *words: str, stdin: bytes = b"", **environment: str
) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [sys.executable, "manage.py", "render", *words],
        input=stdin,
        capture_output=True,
        cwd=ROOT,
        # A database that is not there: the command must not want it.
        env={**os.environ, "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", **environment},
        timeout=60,
        check=False,
    )


def test_picture_is_written_to_a_file(tmp_path: Path) -> None:
    target = tmp_path / "board.svg"

    done = render(str(EXAMPLE), "--theme", "dark", "-o", str(target))

    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert b"#0b1120" in target.read_bytes()


def test_layout_of_standard_input_is_printed() -> None:
    done = render("-", "--format", "json", stdin=EXAMPLE.read_bytes())

    assert done.returncode == 0
    assert json.loads(done.stdout).keys() == {"components", "connections"}


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (b"{", "is not JSON"),
        (b"[" * 100_000, "nested"),
        (b"\xff", "is not"),
        (b'{"format": "ninestep/design", "version": 1, "steps": [], "board": 3}', "$.board: "),
    ],
    ids=["no JSON", "bottomless", "no text", "wrong shape"],
)
def test_bad_document_is_refused_with_its_faults(
    tmp_path: Path, text: bytes, complaint: str
) -> None:
    source = tmp_path / "board.json"
    source.write_bytes(text)
    complaints = io.StringIO()

    with pytest.raises(CommandError) as refusal:
        call_command("render", str(source), stderr=complaints)

    assert refusal.value.returncode == 2
    assert complaint in complaints.getvalue()


def test_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file") as refusal:
        call_command("render", str(tmp_path / "none.json"))

    assert refusal.value.returncode == 2


def test_dead_graphviz_is_said(tmp_path: Path) -> None:
    dead = tmp_path / "dot"
    dead.write_text("#!/bin/sh\nkill -SEGV $$\n")
    dead.chmod(0o755)

    done = render(str(EXAMPLE), PATH=f"{tmp_path}:{os.environ['PATH']}")

    assert done.returncode == 1
    assert b"Graphviz stopped unexpectedly" in done.stderr
    assert b"Traceback" not in done.stderr
