"""Diagrams as files to take away, made by a job."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.api.access import opened
from apps.api.files import download
from apps.api.notes import note
from apps.api.serializers.files import ExportSerializer, NewExportSerializer
from apps.core.errors import Conflict, NotFound
from apps.core.json import JsonObject
from apps.core.models import Job
from apps.core.permissions import Action
from apps.designs.models import DesignSession
from apps.diagrams.domain.exports import KIND, exported_file, request_export
from apps.rooms.domain.reading import current_document, note_on

NOT_READY = "The file is not made yet. Ask for its status first."
GONE = "There is no such export. Files are kept for a week; make it again."


class Exports(APIView):
    @extend_schema(request=NewExportSerializer, responses={202: ExportSerializer})
    def post(self, request: Request, design_id: UUID) -> Response:
        design, _ = opened(request, design_id, Action.EXPORT)
        wanted = NewExportSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        values = wanted.validated_data
        document, _seq = current_document(design)
        job = request_export(design.id, document, values["format"], values["theme"])
        response = Response(_export_json(job), status=status.HTTP_202_ACCEPTED)
        note(response, note_on(design))
        return response


class Export(APIView):
    @extend_schema(responses=ExportSerializer)
    def get(self, request: Request, design_id: UUID, job_id: UUID) -> Response:
        design, _ = opened(request, design_id, Action.EXPORT)
        return Response(_export_json(_job_of(design, job_id)))


class ExportFile(APIView):
    @extend_schema(
        responses={(200, "application/octet-stream"): OpenApiResponse(OpenApiTypes.BINARY)}
    )
    def get(self, request: Request, design_id: UUID, job_id: UUID) -> HttpResponse:
        design, _ = opened(request, design_id, Action.EXPORT)
        job = _job_of(design, job_id)
        if job.status != Job.Status.DONE:
            raise Conflict(NOT_READY)
        file = exported_file(job)
        if file is None:
            raise NotFound(GONE)
        suffix = str(job.payload["format"])
        return download(bytes(file.body), file.media_type, design.title, suffix)


def _job_of(design: DesignSession, job_id: UUID) -> Job:
    """An export of this design: jobs of others are as if they were not there."""
    job = Job.objects.filter(id=job_id, kind=KIND, subject=design.id).first()
    if job is None:
        raise NotFound(GONE)
    return job


def _export_json(job: Job) -> JsonObject:
    is_done = job.status == Job.Status.DONE
    address = reverse("api:export_file", args=[job.subject, job.id])
    return {
        "id": str(job.id),
        "status": job.status,
        "reason": job.reason,
        "url": address if is_done else None,
    }
