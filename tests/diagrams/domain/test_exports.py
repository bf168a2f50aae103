"""An export is a job whose file is there afterwards, and for a week."""

import sys
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from apps.core.jobs import queue, worker
from apps.core.models import Job
from apps.diagrams.domain.exports import KEPT, exported_file, request_export
from apps.diagrams.models import DiagramFile
from tests.diagrams.factories import board, component, document

pytestmark = pytest.mark.django_db

DESIGN = document(board([component("a", "Ranker")]))


@pytest.fixture(autouse=True)
def _no_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "send", lambda job_id: None)


def finished(job: Job) -> Job:
    worker.run(job.id)
    job.refresh_from_db()
    return job


def test_export_makes_a_file() -> None:
    job = finished(request_export(uuid4(), DESIGN, "png", "light"))

    file = exported_file(job)
    assert job.status == Job.Status.DONE
    assert file is not None
    assert bytes(file.body).startswith(b"\x89PNG")
    assert job.result == {"key": file.key, "media_type": "image/png", "note": None}


def test_same_export_is_one_job() -> None:
    design_id = uuid4()

    first = request_export(design_id, DESIGN, "pdf", "dark")

    assert request_export(design_id, DESIGN, "pdf", "dark") == first
    assert request_export(design_id, DESIGN, "pdf", "light") != first


def test_board_that_cannot_be_drawn_fails_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    job = request_export(uuid4(), document(board([component("b", "Cache")])), "svg", "light")
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr(sys, "prefix", "/nowhere")

    job = finished(job)

    assert job.status == Job.Status.FAILED
    assert "Graphviz is not installed" in job.reason
    assert exported_file(job) is None


def test_old_files_go() -> None:
    old = timezone.now() - KEPT - timedelta(minutes=1)
    DiagramFile.objects.create(key="old", media_type="image/png", body=b"", created_at=old)

    job = finished(request_export(uuid4(), DESIGN, "svg", "light"))

    assert [file.key for file in DiagramFile.objects.all()] == [(job.result or {})["key"]]
