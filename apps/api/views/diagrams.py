"""Pictures of a design as it is now, and the places that Graphviz gives its parts."""

import hashlib
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.api.access import opened
from apps.api.files import picture
from apps.api.notes import note
from apps.api.serializers.files import ThemeSerializer
from apps.core.permissions import Action
from apps.diagrams.domain.rendering import layout_document, render_document, render_thumbnail
from apps.diagrams.pipeline.themes import ThemeName
from apps.rooms.domain.reading import current_document, note_on

SVG = {(200, "image/svg+xml"): OpenApiResponse(OpenApiTypes.STR)}


class Diagram(APIView):
    @extend_schema(parameters=[ThemeSerializer], responses=SVG)
    def get(self, request: Request, design_id: UUID) -> HttpResponseBase:
        """X-Ninestep-Seq: the state of the board it shows. X-Ninestep-Note: what is simplified, or
        that the board cannot be read to its end and this is its last good state."""
        design, _ = opened(request, design_id, Action.VIEW)
        document, seq = current_document(design)
        drawn = render_document(document, "svg", _theme_of(request))
        response = _svg(request, drawn.body)
        response.headers["X-Ninestep-Seq"] = str(seq)
        note(response, note_on(design), drawn.note)
        return response


class Thumbnail(APIView):
    @extend_schema(parameters=[ThemeSerializer], responses=SVG)
    def get(self, request: Request, design_id: UUID) -> HttpResponseBase:
        design, _ = opened(request, design_id, Action.VIEW)
        document, _seq = current_document(design)
        return _svg(request, render_thumbnail(document, _theme_of(request)))


class Layout(APIView):
    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: Request, design_id: UUID) -> Response:
        """What Tidy applies: a place for each component and group, in board pixels."""
        design, _ = opened(request, design_id, Action.EDIT)
        document, _seq = current_document(design)
        return Response(layout_document(document))


def _theme_of(request: Request) -> ThemeName:
    wanted = ThemeSerializer(data=request.query_params)
    wanted.is_valid(raise_exception=True)
    theme: ThemeName = wanted.validated_data["theme"]
    return theme


def _svg(request: Request, body: bytes) -> HttpResponseBase:
    """The picture, or 304 if the browser has it."""
    response: HttpResponse = picture(body)
    etag = f'"{hashlib.sha256(body).hexdigest()}"'
    response.headers["ETag"] = etag
    return get_conditional_response(request._request, etag=etag, response=response) or response
