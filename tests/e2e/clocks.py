"""A server's clock that a test puts forward: 45 planned minutes pass in as many milliseconds."""

import os
from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone

NAME = "forward-by"
SETTINGS = {"DJANGO_SETTINGS_MODULE": "tests.e2e.forward_settings"}


def now() -> datetime:
    """What the server takes the time to be: its own, and what the test has put it forward by."""
    path = Path(os.environ["NINESTEP_DATA_DIR"]) / NAME
    ahead_s = float(path.read_text()) if path.exists() else 0.0
    return timezone.now() + timedelta(seconds=ahead_s)


def put_forward(data: Path, *, minutes: float) -> None:
    """data: the folder of the server whose clock it is."""
    path = data / NAME
    ahead_s = float(path.read_text()) if path.exists() else 0.0
    # In one go, for the server may be reading it.
    new = path.with_suffix(".new")
    new.write_text(str(ahead_s + 60 * minutes))
    new.replace(path)
