"""Boards and notes that could not be read to their end."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.api.access import opened
from apps.api.serializers.recovery import RecoveredSerializer
from apps.core.permissions import Action
from apps.rooms.domain.recovery import recover


class Recover(APIView):
    @extend_schema(request=None, responses=RecoveredSerializer)
    def post(self, request: Request, design_id: UUID) -> Response:
        """Lets what cannot be read to its end go on from its last good state.

        Nothing is deleted. 409 if all of the session can be read.
        """
        opened(request, design_id, Action.MANAGE_SESSION)
        return Response({"documents": recover(design_id)})
