"""Measures, writes bench/results/sync.json, and says in one line a run what came out.

A run of all workloads also fills the tables of docs/performance.md. Exit status: 0, or 1 when this
server lost an update, documents differed, or a run of it could not be made.
"""

import argparse
import json
import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Any

from bench.sync import machine, report
from bench.sync.figures import is_intact, summarise
from bench.sync.runs import WORKLOADS, Comparison, Plan, Run
from bench.sync.servers import ROOT, hocuspocus, ninestep, y_websocket

RESULTS = ROOT / "bench" / "results" / "sync.json"
PART = RESULTS.with_suffix(".json.tmp")  # a run of some workloads must not stand for all


def main() -> int:
    plan = _plan()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    document = measure(plan)
    is_whole = set(plan.workloads) == set(WORKLOADS)
    path = RESULTS if is_whole else PART
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(document, indent=1) + "\n")
    print(report.as_markdown(document))
    print(f"Written to {path.relative_to(ROOT)}.")
    if is_whole:
        report.fill(document)
    return 0 if all(is_intact(one) for one in document["workloads"].values()) else 1


def _stop(number: int, _frame: FrameType | None) -> None:
    """Leaves by way of everything that was opened: no process or folder stays behind."""
    sys.exit(128 + number)


def _plan() -> Plan:
    parser = argparse.ArgumentParser(prog="bench-sync", description=__doc__)
    parser.add_argument("--workloads", default=",".join(WORKLOADS))
    parser.add_argument("--rounds", type=int, default=Plan.rounds)
    parser.add_argument("--seconds", type=float, default=Plan.seconds)
    parser.add_argument("--history", type=int, default=Plan.history, help="edits, for cold")
    given = parser.parse_args()
    workloads = given.workloads.split(",")
    if unknown := set(workloads) - set(WORKLOADS):
        parser.error(f"unknown workloads {sorted(unknown)}; there are {', '.join(WORKLOADS)}")
    return Plan(workloads, given.rounds, given.seconds, given.history)


def measure(plan: Plan) -> dict[str, Any]:
    started = datetime.now(UTC)
    before = os.getloadavg()
    runs: list[Run] = []
    with (
        _folder() as folder,
        y_websocket(folder) as yws,
        hocuspocus(folder) as hocus,
        ninestep(folder) as ours,
        ours.serve() as web,
    ):
        described = machine.describe(folder, ours.environment["DATABASE_URL"])
        servers = {server.name: server for server in (yws, hocus, web)}
        for run in Comparison(plan, ours, servers).runs():
            runs.append(run)
            print(report.line(run), file=sys.stderr, flush=True)
    return {
        "measured_at": started.isoformat(timespec="seconds"),
        "took_s": round((datetime.now(UTC) - started).total_seconds()),
        "plan": asdict(plan),
        "load_average": {"before": before, "after": os.getloadavg()},
        **described,
        "workloads": summarise(runs),
        "runs": [asdict(run) for run in runs],
    }


@contextmanager
def _folder() -> Iterator[Path]:
    """On the disk of the temporary folder: a file system in memory would make fsync free."""
    with tempfile.TemporaryDirectory(prefix="ninestep-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # PostgreSQL may run as another user
        (folder / "data").mkdir()
        yield folder


if __name__ == "__main__":
    sys.exit(main())
