"""For load balancers and monitoring: is the process alive, can it work, what are its figures?"""

import asyncio
import logging
from collections.abc import Callable

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import connection
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, JsonResponse
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, Gauge, generate_latest

from apps.core.models import Job
from apps.web.serving.preflight import missing_migrations

CHANNEL_LAYER_ANSWERS_WITHIN_S = 2.0

log = logging.getLogger(__name__)
jobs = Gauge("ninestep_jobs", "Rows of the job table", ["status"])


def healthz(_request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers; touches nothing else."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(_request: HttpRequest) -> HttpResponse:
    """200 if everything that requests need answers, else 503 and which part does not."""
    parts = {name: _state_of(name, probe) for name, probe in PROBES.items()}
    is_ready = all(state == "ok" for state in parts.values())
    return JsonResponse(parts, status=200 if is_ready else 503)


def metrics(_request: HttpRequest) -> HttpResponse:
    """Prometheus text. Reach it from inside only: docs/deploy.md says how the proxy hides it."""
    counts = dict(Job.objects.values_list("status").annotate(Count("id")))
    for status in Job.Status.values:
        jobs.labels(status=status).set(counts.get(status, 0))
    return HttpResponse(generate_latest(REGISTRY), content_type=CONTENT_TYPE_LATEST)


def _state_of(name: str, probe: Callable[[], None]) -> str:
    try:
        probe()
    except Exception as error:
        # What exactly is wrong goes to the log: anybody may ask here.
        log.warning("Not ready: %s: %s", name, error)
        return "fails"
    return "ok"


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _ask_migrations() -> None:
    if missing := missing_migrations():
        raise LookupError(f"{len(missing)} migrations are missing, the first is {missing[0]}")


def _ask_channel_layer() -> None:
    async_to_sync(_send_to_oneself)()


async def _send_to_oneself() -> None:
    layer = get_channel_layer()
    if layer is None:
        raise LookupError("no channel layer is configured")
    async with asyncio.timeout(CHANNEL_LAYER_ANSWERS_WITHIN_S):
        channel = await layer.new_channel()
        await layer.send(channel, {"type": "ready"})
        await layer.receive(channel)


PROBES: dict[str, Callable[[], None]] = {
    "database": _ask_database,
    "migrations": _ask_migrations,
    "channel_layer": _ask_channel_layer,
}
