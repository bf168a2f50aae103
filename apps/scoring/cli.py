"""`manage.py score`: scores design documents from files, or answers requests line by line.

Plain Python: `manage.py` calls it without loading the settings or the apps, so it starts at once.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from apps.core.errors import Invalid
from apps.designs.document.validation import read_json
from apps.scoring.stdio import dump, score_document, serve
from apps.scoring.table import table_of

HELP: Final = "Scores design documents; needs no server, database, broker or network."
REFUSED: Final = 2  # exit status


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="*", metavar="FILE", help="- reads standard input")
    parser.add_argument("--json", action="store_true", help="one reply a line, no table")
    parser.add_argument(
        "--stdio", action="store_true", help="answer JSON lines until the end of input"
    )


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="manage.py score", description=HELP)
    add_arguments(parser)
    options = parser.parse_args(arguments)
    return run(options.files, as_json=options.json, stdio=options.stdio)


def run(files: Sequence[str], *, as_json: bool, stdio: bool) -> int:
    """The exit status: 0, or 2 if something was not scored."""
    if stdio == bool(files):
        return _refuse("Give at least one FILE, or --stdio, but not both.")
    try:
        if stdio:
            serve(sys.stdin.buffer, sys.stdout)
            return 0
        scored = [_score(file, as_json=as_json) for file in files]
        sys.stdout.flush()
    except OSError as error:
        return _unread(error)
    return 0 if all(scored) else REFUSED


def _unread(error: OSError) -> int:
    """Nobody takes the output any more, or its disk is full. What is still buffered is let go."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return _refuse(f"The output cannot be written: {error.strerror}.")


def _score(file: str, *, as_json: bool) -> bool:
    try:
        reply = score_document(read_json(_bytes_of(file)))
    except OSError as error:
        _refuse(f"{file}: cannot be read: {error.strerror}")
    except Invalid as error:
        for fault in error.faults:
            _refuse(f"{file}: {fault.path} {fault.reason}")
    else:
        sys.stdout.write((dump(reply) if as_json else table_of(file, reply)) + "\n")
        return True
    return False


def _refuse(message: str) -> int:
    sys.stderr.write(f"{message}\n")
    return REFUSED


def _bytes_of(file: str) -> bytes:
    return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
