"""`manage.py score`: scores design documents from files, or answers requests line by line.

Plain Python: `manage.py` calls it without loading the settings or the apps, so it starts at once.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from typing import Final

from apps.scoring.batch import Form, Scored, score_files
from apps.scoring.stdio import CHANNELS, Asked, serve

HELP: Final = "Scores design documents; needs no server, database, broker or network."
REFUSED: Final = 2  # exit status


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="*", metavar="FILE", help="- reads standard input")
    parser.add_argument("--json", action="store_true", help="one reply a line, no table")
    parser.add_argument(
        "--stdio", action="store_true", help="answer JSON lines until the end of input"
    )
    parser.add_argument("--channels", choices=CHANNELS, help="by words alone, or by vectors too")
    parser.add_argument("--trace", action="store_true", help="say where every number comes from")
    parser.add_argument(
        "--jobs", type=int, default=0, help="processes; as many as cores if left out"
    )


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="manage.py score", description=HELP)
    add_arguments(parser)
    return run(**vars(parser.parse_args(arguments)))


def run(
    files: Sequence[str],
    *,
    json: bool,
    stdio: bool,
    channels: str | None = None,
    trace: bool = False,
    jobs: int = 0,
) -> int:
    """The exit status: 0, or 2 if something was not scored."""
    if stdio == bool(files):
        return _refuse("Give at least one FILE, or --stdio, but not both.")
    asked = Asked(frozenset((channels,)) if channels else None, trace)
    try:
        if stdio:
            serve(sys.stdin.buffer, sys.stdout, asked)
            return 0
        scored = score_files(files, Form(asked, as_json=json), jobs if jobs > 0 else _cores())
        told = [_tell(one) for one in scored]
        sys.stdout.flush()
    except OSError as error:
        return _unread(error)
    return 0 if all(told) else REFUSED


def _cores() -> int:
    """Those that this process may use, which can be fewer than there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _tell(scored: Scored) -> bool:
    for fault in scored.faults:
        _refuse(fault)
    if scored.text is not None:
        sys.stdout.write(f"{scored.text}\n")
    return scored.text is not None


def _unread(error: OSError) -> int:
    """Nobody takes the output any more, or its disk is full. What is still buffered is let go."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return _refuse(f"The output cannot be written: {error.strerror}.")


def _refuse(message: str) -> int:
    sys.stderr.write(f"{message}\n")
    return REFUSED
