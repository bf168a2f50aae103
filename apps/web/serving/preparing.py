"""Brings the database up to date: migrations, content, and demo data where the demo is on."""

import io

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command

from apps.web.serving import preflight


def prepare() -> None:
    """Does what is missing, and nothing on the second call. Raises preflight.NotReady."""
    preflight.check_data_folder(settings.DATA_DIR)
    if preflight.missing_migrations():
        call_command("migrate", verbosity=0, interactive=False)
    call_command("load_content", stdout=io.StringIO())
    if settings.DEMO and not get_user_model().objects.exists():
        call_command("load_demo", stdout=io.StringIO())
