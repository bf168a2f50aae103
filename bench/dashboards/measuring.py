"""Measures every page on the database of the environment; prints one JSON document.

Requests go through the whole of Django in this process. A first request finds the server's cache
empty, a warm one as the request before left it. Processor time is this process's and, on
PostgreSQL, that of the process which serves its connection.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from hashlib import sha256
from math import ceil
from pathlib import Path
from typing import Any, Final

import django

from apps.web.serving.garbage import collect_seldom

SIZES: Final = (100, 10_000)
FIRST_REQUESTS: Final = 5


@dataclass(frozen=True)
class Timing:
    """In milliseconds."""

    p50: float
    p95: float
    cpu: float  # the median


def main() -> int:
    options = _options()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "apps.config.settings")
    django.setup()
    _prepare()
    collect_seldom()  # as the server does once it has started
    measured = {str(size): _measured(size, options) for size in SIZES}
    json.dump(measured, sys.stdout)
    return 0


def _prepare() -> None:
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    for size in SIZES:
        _kept_house(size)
    _analyse()


def _kept_house(size: int) -> Any:
    """Made once; made anew when `rows` has changed."""
    from django.conf import settings
    from django.db import transaction

    from bench.dashboards import rows

    edition = sha256(Path(rows.__file__).read_bytes()).hexdigest()[:8]
    file = Path(settings.DATA_DIR) / f"house-{size}-{edition}.json"
    if not file.exists():
        _say(f"Writing {size} interviews")
        with transaction.atomic():
            house = rows.make_house(size)
        file.write_text(json.dumps([str(one) for one in house]), encoding="utf-8")
    return rows.House(*json.loads(file.read_text(encoding="utf-8")))


def _analyse() -> None:
    """What a server in use has done long ago."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM")


def _measured(size: int, options: argparse.Namespace) -> dict[str, Any]:
    from django.test import Client

    from apps.accounts.models import User
    from bench.dashboards.pages import pages_of

    house = _kept_house(size)
    clients = {}
    for who in ("owner", "admin"):
        clients[who] = Client()
        clients[who].force_login(User.objects.get(pk=getattr(house, who)))
    found = {}
    for page in pages_of(house):
        if not options.pages or page.name in options.pages:
            _say(f"{size:6} {page.name}")
            found[page.name] = _page(clients[page.asker], page.address, options.requests)
    return found


def _page(client: Any, address: str, requests: int) -> dict[str, Any]:
    from django.core.cache import cache

    def ask() -> None:
        answer = client.get(address)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"

    ask()
    return {
        "first": asdict(_timed(ask, FIRST_REQUESTS, cache.clear)),
        "warm": asdict(_timed(ask, requests)),
        "queries": _queries(ask),
    }


def _timed(
    ask: Callable[[], None], times: int, before: Callable[[], object] = lambda: None
) -> Timing:
    took, busy = [], []
    for _ in range(times):
        before()
        start, cpu = time.perf_counter(), _cpu_s()
        ask()
        took.append(1000 * (time.perf_counter() - start))
        busy.append(1000 * (_cpu_s() - cpu))
    took.sort()
    busy.sort()
    p95 = took[ceil(times * 0.95) - 1]  # by nearest rank
    return Timing(*(round(value, 1) for value in (took[times // 2], p95, busy[times // 2])))


def _cpu_s() -> float:
    from django.db import connection

    own = time.process_time()
    if connection.vendor != "postgresql":
        return own
    connection.ensure_connection()
    backend = connection.connection.info.backend_pid
    nanoseconds = Path(f"/proc/{backend}/schedstat").read_text(encoding="ascii").split()[0]
    return own + int(nanoseconds) / 1e9


def _queries(ask: Callable[[], None]) -> int:
    from django.core.cache import cache
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        ask()
    return len(queries)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.dashboards.measuring", description=__doc__)
    parser.add_argument("--requests", type=int, required=True)
    parser.add_argument("--pages", nargs="*", default=[])
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
