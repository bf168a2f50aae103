"""`manage.py evaluate_scoring DIR`: the engine beside people's ratings, see docs/scoring.md."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.core.json import JsonObject
from apps.scoring.agreement.folder import BadFolder
from apps.scoring.agreement.table import as_text, facts_of, tables_of
from apps.scoring.domain.engines import vectors
from apps.scoring.domain.evaluations import evaluate, save
from apps.scoring.engine.interface import Vectors
from apps.scoring.semantic.channel import CHOICES, load
from apps.scoring.semantic.model import ModelDamaged, ModelMissing

REFUSED = 2  # exit status


class Command(BaseCommand):
    help = "Compares the engine's levels with people's ratings of exported sessions."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="NAME.json, NAME.ratings.yaml")
        parser.add_argument("--json", action="store_true", help="the report as JSON, no tables")
        parser.add_argument(
            "--channels", choices=CHOICES, help="all that is installed unless given"
        )
        parser.add_argument("--save", action="store_true", help="keep it for the agreement page")

    def handle(
        self, *, folder: Path, json: bool, channels: str | None, save: bool, **_: Any
    ) -> None:
        try:
            report = evaluate(folder, _vectors(channels))
        except (BadFolder, ModelMissing, ModelDamaged) as error:
            raise CommandError(str(error), returncode=REFUSED) from error
        self.stdout.write(_as_json(report) if json else "\n".join(_told(report)))
        if save:
            _keep(report)
            self.stderr.write("Saved: the agreement page of the handbook shows it.")


def _vectors(channels: str | None) -> Vectors | None:
    """Raises ModelMissing or ModelDamaged if the semantic channel is asked for and not there."""
    if channels is None:
        return vectors()
    return load() if channels == "semantic" else None


def _keep(report: JsonObject) -> None:
    save(report)


def _as_json(report: JsonObject) -> str:
    return json.dumps(report, indent=2)


def _told(report: JsonObject) -> Iterator[str]:
    for name, value in facts_of(report):
        yield f"{name + ':':16} {value}"
    for table in tables_of(report):
        yield ""
        yield from as_text(table)
