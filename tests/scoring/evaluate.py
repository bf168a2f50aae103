"""How good is the engine today?

    python -m tests.scoring.evaluate                       every gate, both halves, all channels
    python -m tests.scoring.evaluate --half tuning --channels lexical --cases

Of the checking half only totals are printed, so that nobody tunes to a case of it.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import product
from typing import Final

from tests.scoring.evaluation.acceptance import Line, trial_of
from tests.scoring.evaluation.cases import HALVES
from tests.scoring.evaluation.details import worst_cases
from tests.scoring.evaluation.gates import GATES, Gate
from tests.scoring.evaluation.scorer import CHANNELS

WIDTH: Final = 40
PROCESSES: Final = 2


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    trials = list(product(options.half, options.channels))
    with ProcessPoolExecutor(PROCESSES) as pool:
        for (half, channels), lines in zip(
            trials, pool.map(lines_of, *zip(*trials, strict=True)), strict=True
        ):
            print_table(f"{half} half, {channels}", lines)
    if options.cases:
        for channels in options.channels:
            _print(worst_cases(trial_of("tuning", channels)))
    if "tuning" in options.half:
        _print(known_texts())
    return 0


def lines_of(half: str, channels: str) -> list[Line]:
    return list(trial_of(half, channels).lines())


def print_table(title: str, lines: Sequence[Line]) -> None:
    judged = [line.passes for line in lines if line.passes is not None]
    rows = [_line(line) for line in lines if line.cases]
    _print([title, *rows, f"{sum(judged)} of {len(judged)} pass", ""])


def known_texts() -> Iterator[str]:
    """The gates of the first author's texts, which the engine was improved with."""
    results = [(gate, gate.figure()) for gate in GATES]
    passed = sum(gate.passes(value) for gate, value in results)
    yield "known texts, lexical"
    yield from (_gate(gate, value) for gate, value in results)
    yield f"{passed} of {len(results)} pass"


def _line(line: Line) -> str:
    verdict = {True: "pass", False: "FAIL", None: ""}[line.passes]
    side = "" if line.goal is None else f"{'<=' if line.at_most else '>='} {line.goal:g}"
    value = "-" if line.value is None else f"{line.value:.2f}"
    return f"  {line.name:{WIDTH}} {value:>7}  {side:<9} {verdict:5} n = {line.cases}"


def _gate(gate: Gate, value: float) -> str:
    side = "<=" if gate.at_most else ">="
    verdict = "pass" if gate.passes(value) else "FAIL"
    return f"  {gate.name:{WIDTH}} {value:7.2f}  {side} {gate.goal:<6g} {verdict}"


def _print(lines: Sequence[str] | Iterator[str]) -> None:
    sys.stdout.write("\n".join(lines) + "\n")


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="How good is the engine today?")
    parser.add_argument("--half", nargs="+", choices=HALVES, default=HALVES)
    parser.add_argument("--channels", nargs="+", choices=CHANNELS, default=CHANNELS)
    parser.add_argument("--cases", action="store_true", help="the worst cases of the tuning half")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
