"""The product's own server with shorter times, and with faults that a test can switch on.

    python -m tests.endurance.serve --port N     as `manage.py serve --port N`

A fault is on while a file of its name lies in $ENDURANCE_FAULTS.
"""

import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.core.management import execute_from_command_line

SLOW_STORE_S = 2.0


class Fault(StrEnum):
    SLOW_STORE = "slow-store"  # every commit takes two seconds
    FULL_DISK = "full-disk"  # every commit fails
    DEAF = "deaf"  # what other processes say on the bus is lost


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "apps.config.settings")
    sys.argv[:] = ["manage.py", "serve", *sys.argv[1:]]
    _prepare()
    execute_from_command_line(sys.argv)


def _prepare() -> None:
    import django

    django.setup()
    from apps.rooms.domain import log
    from apps.rooms.hosting import settings
    from apps.rooms.hosting.bridge import Bridge

    if "ENDURANCE_QUICK" in os.environ:
        # Rooms come and go, and are summed up, many times in a short run.
        settings.timing = replace(settings.timing, unload_after_s=0.15, snapshot_rows=20)
    faults = Path(os.environ["ENDURANCE_FAULTS"])
    log.append = _troubled(log.append, faults)
    Bridge._hear_safely = _deafened(Bridge._hear_safely, faults)  # type: ignore[method-assign]


def _troubled(append: Callable[..., Any], faults: Path) -> Callable[..., Any]:
    def troubled(*arguments: Any) -> Any:
        from django.db import OperationalError

        if (faults / Fault.FULL_DISK).exists():
            raise OperationalError("could not extend file: No space left on device")
        if (faults / Fault.SLOW_STORE).exists():
            time.sleep(SLOW_STORE_S)
        return append(*arguments)

    return troubled


def _deafened(hear: Callable[..., None], faults: Path) -> Callable[..., None]:
    def deafened(bridge: Any, message: Any) -> None:
        if not (faults / Fault.DEAF).exists():
            hear(bridge, message)

    return deafened


if __name__ == "__main__":
    main()
