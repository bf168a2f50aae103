"""Plays seeds of the endurance run, and tells what came of them.

python -m tests.endurance.run --seed 4711            one seed again
python -m tests.endurance.run --count 2000           that many, from --first on
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.endurance.seeds import play
from tests.endurance.services import shared
from tests.endurance.stage import Stage
from tests.endurance.verdict import Report

TOGETHER = 25  # boards that share a server and its death


def main() -> int:
    options = _options()
    seeds = [options.seed] if options.seed is not None else _range(options.first, options.count)
    begun = time.monotonic()
    reports = []
    with tempfile.TemporaryDirectory() as folder, shared("endurance_run") as services:
        stage = Stage(Path(folder), {**services, "ENDURANCE_QUICK": "1"})
        stage.prepare()
        for batch in _batches(seeds, options.together):
            stage.start()
            played = play(batch, stage)
            assert stage.stop() == 0
            reports += played
            _tell(played, reports, time.monotonic() - begun)
    return 1 if any(report.faults for report in reports) else 0


def told(report: Report) -> str:
    """The faults of a seed, what led to them, and the command that plays it again."""
    lines = [f"seed {report.seed}, after {report.actions} actions:", *report.faults, *report.story]
    return "\n  ".join([*lines, f"again: python -m tests.endurance.run --seed {report.seed}"])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--seed", type=int)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--together", type=int, default=TOGETHER)
    return parser.parse_args()


def _range(first: int, count: int) -> Sequence[int]:
    return range(first, first + count)


def _batches(seeds: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for start in range(0, len(seeds), size):
        yield seeds[start : start + size]


def _tell(latest: Sequence[Report], reports: Sequence[Report], seconds: float) -> None:
    broken = sum(bool(report.faults) for report in reports)
    lines = [
        *(told(report) for report in latest if report.faults),
        f"{len(reports)} seeds, {sum(report.edits for report in reports)} edits, "
        f"{sum(report.acknowledged for report in reports)} acknowledged, "
        f"{broken} seeds with faults, {seconds:.0f} s",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
