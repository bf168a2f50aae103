"""`manage.py verify_audit [CHAIN ...]`: is the audit log as it was written?"""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from apps.audit.domain import Verdict, verify
from apps.audit.models import Chain

BROKEN = 1  # exit status


class Command(BaseCommand):
    help = "Hashes the chains of the audit log again; fails if one was changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "chains", nargs="*", metavar="CHAIN", help="an organisation's id; all unless told"
        )

    def handle(self, *, chains: list[str], **_: Any) -> None:
        names = chains or list(Chain.objects.order_by("name").values_list("name", flat=True))
        verdicts = [verify(name) for name in names]
        for verdict in verdicts:
            self.stdout.write(_line(verdict))
        if not all(verdict.is_whole for verdict in verdicts):
            sys.exit(BROKEN)


def _line(verdict: Verdict) -> str:
    blanked = f", {verdict.blanked} erased values" if verdict.blanked else ""
    return f"{verdict.chain}: {verdict.entries} entries{blanked}. {verdict.fault or 'Whole.'}"
