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

    def handle(self, **options: Any) -> None:
        own = ("files", "json", "stdio", "channels", "trace", "jobs")
        status = cli.run(**{name: options[name] for name in own})
        if status:
            sys.exit(status)
