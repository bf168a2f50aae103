"""Brings the database up to date: migrations, content, and demo data where NINESTEP_DEMO is on."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from apps.web.serving import preflight
from apps.web.serving.preparing import prepare


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def handle(self, **_options: Any) -> None:
        try:
            prepare()
        except preflight.NotReady as error:
            self.stderr.write(str(error))
            sys.exit(preflight.CANNOT_START)
