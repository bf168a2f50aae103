"""Exports: a design's diagram as a file to take away, made by a job and kept for a week."""

from datetime import timedelta
from typing import Final, Literal, TypeAlias, cast
from uuid import UUID

from django.utils import timezone

from apps.core.jobs import queue
from apps.core.jobs.lease import Lease
from apps.core.jobs.registry import JobFailed
from apps.core.json import Json, JsonObject
from apps.core.models import Job
from apps.designs.document.types import DesignDocument
from apps.diagrams.domain.drawing import graph_of
from apps.diagrams.domain.rendering import content_key, render_document
from apps.diagrams.errors import RenderFailed
from apps.diagrams.models import DiagramFile
from apps.diagrams.pipeline.themes import THEMES, ThemeName

ExportFormat: TypeAlias = Literal["svg", "png", "pdf"]

KIND: Final = "export"
FORMATS: Final[tuple[ExportFormat, ...]] = ("svg", "png", "pdf")
KEPT: Final = timedelta(days=7)


def request_export(
    design_id: UUID, document: DesignDocument, fmt: ExportFormat, theme: ThemeName
) -> Job:
    """The job that makes the file. The same content on the same day is made once a design."""
    content = content_key(graph_of(document), fmt, theme, "dot")
    payload = cast(JsonObject, {"document": document, "format": fmt, "theme": theme})
    # The day is in the key because files go after a while and a finished job never runs again.
    key = f"{KIND}:{design_id}:{timezone.now():%Y-%m-%d}:{content}"
    return queue.enqueue(KIND, design_id, payload, key=key)


def run_export(job: Job, lease: Lease) -> JsonObject:
    """The handler of the job. Its result names the file: {"key", "media_type", "note"}."""
    document = cast(DesignDocument, job.payload["document"])
    fmt, theme = _format(job.payload["format"]), _theme(job.payload["theme"])
    lease.renew()
    try:
        rendered = render_document(document, fmt, theme)
    except RenderFailed as failure:
        raise JobFailed(str(failure)) from failure
    key = content_key(graph_of(document), fmt, theme, "dot")
    DiagramFile.objects.update_or_create(
        key=key,
        defaults={
            "media_type": rendered.media_type,
            "body": rendered.body,
            "note": rendered.note or "",
            "created_at": timezone.now(),
        },
    )
    forget_old_files()
    return {"key": key, "media_type": rendered.media_type, "note": rendered.note}


def exported_file(job: Job) -> DiagramFile | None:
    """The file that a finished job made, while it is kept."""
    key = (job.result or {}).get("key")
    return DiagramFile.objects.filter(key=key).first() if isinstance(key, str) else None


def forget_old_files() -> None:
    DiagramFile.objects.filter(created_at__lt=timezone.now() - KEPT).delete()


def _format(value: Json) -> ExportFormat:
    for fmt in FORMATS:
        if value == fmt:
            return fmt
    raise JobFailed(f"There is no export as {value!r}.")


def _theme(value: Json) -> ThemeName:
    for theme in THEMES:
        if value == theme:
            return theme
    raise JobFailed(f"There is no theme {value!r}.")
