"""Liveness, readiness and metrics say what is true."""

import pytest
from django.test import Client
from django.utils import timezone

from apps.core.models import Job
from apps.web.views import health

pytestmark = pytest.mark.django_db


def test_healthz_needs_nothing(client: Client) -> None:
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")


def test_readyz_asks_every_part(client: Client) -> None:
    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json() == {"database": "ok", "migrations": "ok", "channel_layer": "ok"}


@pytest.mark.parametrize("part", list(health.PROBES))
def test_readyz_names_the_part_that_fails_and_no_more(
    part: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise ConnectionError("password of db.internal refused")

    monkeypatch.setitem(health.PROBES, part, fail)

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json() == {**dict.fromkeys(health.PROBES, "ok"), part: "fails"}


def test_metrics_count_jobs_by_status(client: Client) -> None:
    Job.objects.create(kind="count", sent_at=timezone.now())

    text = client.get("/metrics").content.decode()

    assert 'ninestep_jobs{status="queued"} 1.0' in text
    assert 'ninestep_jobs{status="failed"} 0.0' in text
