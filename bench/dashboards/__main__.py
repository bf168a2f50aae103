"""Measures the dashboards on each database, writes bench/results/dashboards.json, and fills the
table of the documentation.

The exit status is 1 if a page asks the database more often of 10,000 interviews than of 100, or is
slower there than it may be.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from bench.dashboards import report
from bench.sync.machine import processor, said
from tests.plugins.services import postgres

ROOT: Final = Path(__file__).resolve().parents[2]
RESULTS: Final = ROOT / "bench" / "results" / "dashboards.json"
PART: Final = RESULTS.with_suffix(".json.tmp")  # one database must not stand for both
DATABASES: Final = ("sqlite", "postgresql")
REQUESTS: Final = 40


def main() -> int:
    options = _options()
    started, before = datetime.now(UTC), os.getloadavg()
    with _folder(options.data) as folder:
        databases = {name: _measured(name, folder, options) for name in options.databases}
    document = {
        "measured_at": started.isoformat(timespec="seconds"),
        "took_s": round((datetime.now(UTC) - started).total_seconds()),
        "load_average": {"before": before, "after": os.getloadavg()},
        "machine": {"processor": processor(), "cores": os.cpu_count()},
        "versions": {
            "commit": said("git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"),
            "python": platform.python_version(),
        },
        "requests": options.requests,
        "databases": databases,
    }
    is_whole = tuple(options.databases) == DATABASES and not options.pages
    path = RESULTS if is_whole else PART
    path.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    print(report.section(document))
    print(f"Written to {path.relative_to(ROOT)}.")
    if is_whole:
        report.fill(document)
    return int(bool(report.faults(document)))


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    if kept:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="ninestep-bench-") as name:
        Path(name).chmod(0o755)  # PostgreSQL may run as another user
        yield Path(name)


def _measured(database: str, folder: Path, options: argparse.Namespace) -> Any:
    """In a process of its own: Django reads its settings once."""
    with _served(database, folder) as environment:
        command = [sys.executable, "-m", "bench.dashboards.measuring"]
        command += ["--requests", str(options.requests), "--pages", *options.pages]
        done = subprocess.run(
            command, cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.PIPE, check=True
        )
    return json.loads(done.stdout)


@contextmanager
def _served(database: str, folder: Path) -> Iterator[dict[str, str]]:
    data = folder / database
    data.mkdir(exist_ok=True)
    environment = {"NINESTEP_DATA_DIR": str(data)}
    if database == "postgresql":
        with postgres(data) as url:
            yield {**environment, "DATABASE_URL": url}
    else:
        yield environment


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench-dashboards", description=__doc__)
    parser.add_argument("--databases", nargs="+", choices=DATABASES, default=list(DATABASES))
    parser.add_argument("--requests", type=int, default=REQUESTS, help="of each page, warm")
    parser.add_argument("--pages", nargs="*", default=[], help="names of pages; all unless told")
    parser.add_argument("--data", type=Path, help="keeps the data in this folder for the next run")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
