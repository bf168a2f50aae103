"""What time is it? Interviews ask here, so that a test can play forty-five minutes in a second."""

from datetime import datetime

from django.conf import settings
from django.utils.module_loading import import_string


def now() -> datetime:
    """Aware, in UTC. `settings.CLOCK` names the function that tells it."""
    moment: datetime = import_string(settings.CLOCK)()
    return moment
