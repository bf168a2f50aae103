"""The design as a file, and the schema of such files."""

import json
from importlib.resources import files
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from apps.api.access import opened
from apps.api.files import download
from apps.api.notes import note
from apps.core.permissions import Action
from apps.designs.domain.exporting import MEDIA_TYPE, file_text
from apps.rooms.domain.reading import current_document, note_on

SCHEMA = files("apps.designs.document") / "schema" / "design-1.schema.json"


class Document(APIView):
    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: Request, design_id: UUID) -> HttpResponse:
        """The whole design as it is now, in the form that can be imported again.

        X-Ninestep-Note: said if it cannot be read to its end, and this is its last good state.
        """
        design, _ = opened(request, design_id, Action.EXPORT)
        document, _seq = current_document(design)
        file = download(file_text(document).encode(), MEDIA_TYPE, design.title, "design.json")
        note(file, note_on(design))
        return file


class DocumentSchema(APIView):
    authentication_classes = []

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, _request: Request) -> HttpResponse:
        """JSON Schema (draft 2020-12) of the design document."""
        headers = {"Cache-Control": "public, max-age=3600"}
        return JsonResponse(json.loads(SCHEMA.read_text()), headers=headers)
