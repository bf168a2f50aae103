"""The model answer of a session's problem, for its interviewers alone."""

from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.middleware import actor_of
from apps.api.access import opened
from apps.core.errors import NotFound
from apps.core.permissions import Action
from apps.designs.domain.keys import may_read_keys
from apps.designs.models import DesignSession
from apps.interviews.domain.material import material_json


class InterviewMaterial(APIView):
    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: Request, design_id: UUID) -> Response:
        """Reference notes, criteria of the problem, probes and hints by step."""
        design, _ = opened(request, design_id, Action.READ_PRIVATE)
        has_keys = may_read_keys(actor_of(request._request), design.problem_id)
        if design.kind != DesignSession.Kind.INTERVIEW:
            raise NotFound("Practice has no model answer beside it.")
        return Response(material_json(design, has_keys=has_keys))
