"""The command as Django knows it, for its list of commands; `apps.scoring.cli` does the work."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from apps.scoring import cli


class Command(BaseCommand):
    help = cli.HELP
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        cli.add_arguments(parser)

    def handle(self, *, files: list[str], json: bool, stdio: bool, **_: Any) -> None:
        status = cli.run(files, as_json=json, stdio=stdio)
        if status:
            sys.exit(status)
