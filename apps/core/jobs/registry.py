"""Who does which kind of work. Each app registers its handlers in `AppConfig.ready`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from apps.core.jobs.lease import Lease
from apps.core.json import JsonObject
from apps.core.models import Job

Handler: TypeAlias = Callable[[Job, Lease], JsonObject]
OnFailed: TypeAlias = Callable[[Job], None]


class JobFailed(Exception):
    """Raised by a handler: trying again would not help. The text is the reason people read."""


class TryAgain(Exception):
    """Raised by a handler: another attempt may succeed. The text is the reason if none does."""


@dataclass(frozen=True)
class Registration:
    """handler: idempotent, renews the lease between its steps, returns the job's result.
    on_failed: told once when the job is given up, with the reason in `job.reason`; what it writes
    is stored together with that.
    """

    handler: Handler
    on_failed: OnFailed | None = None


_registrations: dict[str, Registration] = {}


def register(kind: str, handler: Handler, on_failed: OnFailed | None = None) -> None:
    _registrations[kind] = Registration(handler, on_failed)


def registration(kind: str) -> Registration | None:
    return _registrations.get(kind)
