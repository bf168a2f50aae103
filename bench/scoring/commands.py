"""What does scoring cost in processes of its own? Measured from outside."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from bench.scoring import sessions

ROOT: Final = Path(__file__).parents[2]
VARIABLE: Final = "NINESTEP_SCORING_CHANNELS"


def measured_work(mode: str) -> dict[str, Any]:
    """The figures of `bench.scoring.work` in a fresh process."""
    command = [sys.executable, "-m", "bench.scoring.work", mode]
    done = subprocess.run(command, cwd=ROOT, env=_environment(), capture_output=True, check=True)
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def one_session(channels: str) -> dict[str, float]:
    """`manage.py score` on the long session: start, load, score, end."""
    with tempfile.TemporaryDirectory() as folder:
        file = _write(Path(folder), 0, sessions.long_session())
        return _run(["score", "--json", str(file)], channels)


def batch(count: int) -> dict[str, float]:
    """`manage.py score --jobs` on so many sessions, by words alone, on all cores."""
    jobs = os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = [_write(folder, n, one) for n, one in enumerate(sessions.answers(count))]
        figures = _run(["score", "--json", "--jobs", str(jobs), *map(str, files)], "lexical")
    cores_used = figures["cpu_s"] / figures["wall_s"]
    return {"sessions": count, "jobs": jobs, "cores_used": cores_used, **figures}


def _write(folder: Path, number: int, session: Mapping[str, Any]) -> Path:
    file = folder / f"{number:05}.json"
    titled = {**session, "title": f"Session {number}"}
    file.write_text(json.dumps(titled), encoding="utf-8")
    return file


def _run(arguments: Sequence[str], channels: str) -> dict[str, float]:
    """As `stopwatch` says it. Raises CalledProcessError if the command fails."""
    watch = [sys.executable, "-m", "bench.scoring.stopwatch"]
    done = subprocess.run(
        [*watch, sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=_environment() | {VARIABLE: channels},
        stdout=subprocess.PIPE,
        check=True,
    )
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def _environment() -> dict[str, str]:
    """The machine's own settings must not reach what is measured."""
    return {name: value for name, value in os.environ.items() if not name.startswith("NINESTEP_")}
