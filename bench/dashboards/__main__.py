"""Measures the dashboards at 100 and at 10,000 interviews, on the database of DATABASE_URL.

Writes bench/results/dashboards-<vendor>.json: the 50th and 95th percentile of each page in
milliseconds, through the whole of Django, with the cache as a server has it and without.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

import django

ROOT: Final = Path(__file__).resolve().parents[2]
SIZES: Final = (100, 10_000)
TIMES: Final = 40
COLD_TIMES: Final = 5
LIMIT_MS: Final = 300
PAGES: Final = {
    "mine": "/interviews?shelf=done",
    "roles": "/roles",
    "role": "/roles/engineer-team-0",
    "problem": "/problems/rec-video/interviews",
    "calibration": "/calibration",
    "training": "/training",
}


def main() -> int:
    options = _options()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "apps.config.settings")
    os.environ["NINESTEP_DATA_DIR"] = str(options.data)
    django.setup()

    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    measured = {str(size): _measure(size) for size in SIZES}
    document = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "database": connection.vendor,
        "load_average": os.getloadavg(),
        "times": TIMES,
        "pages": measured,
    }
    file = ROOT / "bench" / "results" / f"dashboards-{connection.vendor}.json"
    file.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
    return _report(measured)


def _measure(size: int) -> dict[str, Any]:
    """People of their own for each size: they see only their own interviews."""
    from django.conf import settings
    from django.core.cache import cache
    from django.test import Client

    from apps.accounts.models import User
    from bench.dashboards.rows import make_many

    settings.ALLOWED_HOSTS = ["testserver"]
    raters = [
        User.objects.create_user(f"{name}.{size}.{time.time_ns()}@example.org", name=name)
        for name in ("Anneke", "Kofi", "Priya")
    ]
    make_many(raters, size)
    _analyse()
    client = Client()
    client.force_login(raters[0])
    return {
        name: {
            "cached": _percentiles(partial(client.get, page), TIMES),
            "cold": _percentiles(partial(client.get, page), COLD_TIMES, cache.clear),
        }
        for name, page in PAGES.items()
    }


def _analyse() -> None:
    """What a server in use has done long ago."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _percentiles(
    ask: Callable[[], Any], times: int, before: Callable[[], None] = lambda: None
) -> dict[str, float]:
    assert ask().status_code == 200
    took = []
    for _ in range(times):
        before()
        start = time.perf_counter()
        ask()
        took.append(1000 * (time.perf_counter() - start))
    took.sort()
    return {"p50": round(took[times // 2], 1), "p95": round(took[int(times * 0.95) - 1], 1)}


def _report(measured: dict[str, dict[str, Any]]) -> int:
    """1 if a page is slower than it may be at the largest size."""
    few, many = (measured[str(size)] for size in SIZES)
    print(f"{'page':12} {'p95 of 100':>12} {'of 10,000':>12} {'growth':>8} {'cold':>8}  ms")
    for name in PAGES:
        one, other = few[name]["cached"]["p95"], many[name]["cached"]["p95"]
        cold = many[name]["cold"]["p95"]
        print(f"{name:12} {one:12.1f} {other:12.1f} {other / one:7.1f}x {cold:8.1f}")
    return int(any(many[name]["cached"]["p95"] > LIMIT_MS for name in PAGES))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.dashboards", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="an empty folder for the data")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
