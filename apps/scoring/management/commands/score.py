"""`manage.py score`: scores design documents from files, or answers requests line by line."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.core.errors import Invalid
from apps.core.json import JsonObject
from apps.designs.document.validation import read_json
from apps.scoring.stdio import dump, score_document, serve
from apps.scoring.table import table_of

REFUSED = 2  # exit status


class Command(BaseCommand):
    help = "Scores design documents; needs no server, broker or network."
    # Works on files alone, even while the database is away or not migrated.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", metavar="FILE", help="- reads standard input")
        parser.add_argument(
            "--json", action="store_true", help="one reply a line instead of a table"
        )
        parser.add_argument(
            "--stdio", action="store_true", help="answer JSON lines until the end of input"
        )

    def handle(self, *, files: list[str], json: bool, stdio: bool, **_: Any) -> None:
        if stdio == bool(files):
            raise CommandError("Give at least one FILE, or --stdio, but not both.")
        if stdio:
            serve(sys.stdin.buffer, sys.stdout)
            return
        replies = [self._score(file, as_json=json) for file in files]
        if not all(replies):
            raise CommandError("Not every file could be scored.", returncode=REFUSED)

    def _score(self, file: str, *, as_json: bool) -> bool:
        try:
            reply = score_document(read_json(_bytes_of(file)))
        except OSError as error:
            self.stderr.write(f"{file}: cannot be read: {error.strerror}")
        except Invalid as error:
            for fault in error.faults:
                self.stderr.write(f"{file}: {fault.path} {fault.reason}")
        else:
            self._show(file, reply, as_json=as_json)
            return True
        return False

    def _show(self, file: str, reply: JsonObject, *, as_json: bool) -> None:
        self.stdout.write(dump(reply) if as_json else table_of(file, reply))


def _bytes_of(file: str) -> bytes:
    return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
