"""Draws a design document: `manage.py render FILE --format svg`. Needs no database."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.core.errors import Invalid
from apps.designs.document import validation
from apps.designs.document.types import DesignDocument
from apps.diagrams.domain.drawing import MEDIA_TYPES, draw, graph_of
from apps.diagrams.errors import RenderFailed
from apps.diagrams.pipeline.themes import THEMES
from apps.diagrams.renderer import ENGINES

_BAD_INPUT = 2


class Command(BaseCommand):
    help = "Draws a design document as svg, png, pdf or dot, or prints its layout as json."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="a design document; - for standard input")
        parser.add_argument("--format", choices=sorted(MEDIA_TYPES), default="svg")
        parser.add_argument("--engine", choices=sorted(ENGINES), default="dot")
        parser.add_argument("--theme", choices=sorted(THEMES), default="light")
        parser.add_argument("-o", "--output", help="where to write; standard output unless told")

    def handle(self, *_args: Any, **options: Any) -> None:
        graph = graph_of(self._document(options["file"]))
        try:
            rendered = draw(graph, options["format"], options["theme"], options["engine"])
        except RenderFailed as failure:
            raise CommandError(str(failure)) from failure
        if rendered.note:
            self.stderr.write(rendered.note)
        _write(rendered.body, options["output"])

    def _document(self, path: str) -> DesignDocument:
        try:
            return validation.parse_text(_read(path))
        except Invalid as invalid:
            for fault in invalid.faults:
                self.stderr.write(f"{fault.path}: {fault.reason}")
            raise CommandError(str(invalid), returncode=_BAD_INPUT) from invalid


def _read(path: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as error:
        raise CommandError(
            f"Could not read {path}: {error.strerror}.", returncode=_BAD_INPUT
        ) from error


def _write(body: bytes, output: str | None) -> None:
    try:
        if output is None or output == "-":
            sys.stdout.buffer.write(body)
            sys.stdout.buffer.flush()
        else:
            Path(output).write_bytes(body)
    except OSError as error:
        target = output or "to standard output"
        raise CommandError(f"Could not write {target}: {error.strerror}.") from error
