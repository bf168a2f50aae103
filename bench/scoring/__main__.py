"""Measures scoring, writes bench/results/scoring.json, and fills the tables of the documentation.

Part by part, such as `--parts speed`, writes a file beside it and fills nothing.
"""

import argparse
import json
import os
import platform
import sys
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

from apps.content import registry
from apps.scoring.domain.engines import engine, vectors
from bench.scoring import commands, peer, report
from bench.sync.machine import processor, said
from tests.scoring.evaluation import ablation, worked
from tests.scoring.evaluation.acceptance import Line, Trial, trial_of
from tests.scoring.evaluation.cases import cases
from tests.scoring.evaluation.scorer import CHANNELS

RESULTS: Final = commands.ROOT / "bench" / "results" / "scoring.json"
PART: Final = RESULTS.with_suffix(".json.tmp")  # a run of some parts must not stand for all
SESSIONS: Final = 1_000


def main() -> int:
    options = _options()
    started, before = datetime.now(UTC), os.getloadavg()
    measured = {name: PARTS[name](options) for name in options.parts}
    document = {
        "measured_at": started.isoformat(timespec="seconds"),
        "took_s": round((datetime.now(UTC) - started).total_seconds()),
        "load_average": {"before": before, "after": os.getloadavg()},
        **_described(),
        **measured,
    }
    is_whole = set(options.parts) == set(PARTS)
    path = RESULTS if is_whole else PART
    path.write_text(json.dumps(document, indent=1) + "\n")
    print("\n\n".join(report.sections(document).values()))
    print(f"Written to {path.relative_to(commands.ROOT)}.")
    if is_whole:
        report.fill(document)
    return 0


def checking(_: argparse.Namespace) -> dict[str, Any]:
    """Totals of the checking half, by the engine's channels and by the plain keyword counter."""
    with ProcessPoolExecutor(len(CHANNELS)) as pool:
        found = dict(zip(CHANNELS, pool.map(partial(_lines, "checking"), CHANNELS), strict=True))
    counted = Trial(cases("checking"), peer.NAME, peer.points)
    return {**found, peer.NAME: _as_json(counted.lines())}


def agreement(_: argparse.Namespace) -> dict[str, Any]:
    """With the marks of the packs' worked answers, and what moves when a step is emptied."""
    return {
        channels: {
            **worked.compare(channels),
            "ablation": [asdict(one) for one in ablation.all_of(channels)],
        }
        for channels in CHANNELS
    }


def speed(_: argparse.Namespace) -> dict[str, Any]:
    modes = (peer.NAME, *CHANNELS)
    return {
        "work": {mode: commands.measured_work(mode) for mode in modes},
        "command": {channels: commands.one_session(channels) for channels in CHANNELS},
    }


def batch(options: argparse.Namespace) -> dict[str, float]:
    return commands.batch(options.sessions)


PARTS: Final = {"checking": checking, "agreement": agreement, "speed": speed, "batch": batch}


def _lines(half: str, channels: str) -> list[dict[str, Any]]:
    return _as_json(trial_of(half, channels).lines())


def _as_json(lines: Any) -> list[dict[str, Any]]:
    return [_line(line) for line in lines]


def _line(line: Line) -> dict[str, Any]:
    return {**asdict(line), "passes": line.passes}


def _described() -> Mapping[str, Any]:
    rubric, model = registry.rubric(), vectors()
    return {
        "machine": {
            "processor": processor(),
            "cores": os.cpu_count(),
            "memory_gb": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**30,
        },
        "versions": {
            "commit": said("git", "-C", str(commands.ROOT), "rev-parse", "--short", "HEAD"),
            "python": platform.python_version(),
            "rubric": f"{rubric.id} {rubric.version}",
            "engine": f"{engine().id} {engine().version}",
            "model": model.model if model else None,
        },
    }


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench-scoring", description=__doc__)
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--sessions", type=int, default=SESSIONS, help="of the batch")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
