"""Brings the database up to date: migrations, content, and demo data where NINESTEP_DEMO is on."""

import sys
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand

from apps.web.serving import preflight


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def handle(self, **_options: Any) -> None:
        try:
            preflight.check_data_folder(settings.DATA_DIR)
            self.migrate()
        except preflight.NotReady as error:
            self.stderr.write(str(error))
            sys.exit(preflight.CANNOT_START)
        call_command("load_content", verbosity=0)
        if settings.DEMO and not get_user_model().objects.exists():
            call_command("load_demo", verbosity=0)

    def migrate(self) -> None:
        if preflight.missing_migrations():
            self.stdout.write("Setting up the database")
            call_command("migrate", verbosity=0, interactive=False)
