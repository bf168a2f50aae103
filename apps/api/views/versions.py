"""Named states of a design, and copies of it."""

from uuid import UUID

from django.db import transaction
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.cookies import write_guest_id
from apps.accounts.domain.guests import GUEST_NAME, as_guest
from apps.accounts.middleware import actor_of
from apps.api.access import opened
from apps.api.serializers.designs import DesignSerializer
from apps.api.serializers.versions import CopySerializer, NewVersionSerializer, VersionSerializer
from apps.core.permissions import Action
from apps.designs.models import DesignSession
from apps.designs.rules import check
from apps.rooms.domain.copying import copy_design
from apps.rooms.domain.history import begun_at
from apps.rooms.domain.versions import forget_version, keep_version


class Versions(APIView):
    @extend_schema(operation_id="versions_list", responses=VersionSerializer(many=True))
    def get(self, request: Request, design_id: UUID) -> Response:
        """The latest first."""
        design, _ = opened(request, design_id, Action.READ_HISTORY)
        rows = VersionSerializer(design.versions.all(), many=True, context=_context(design))
        return Response(rows.data)

    @extend_schema(request=NewVersionSerializer, responses={201: VersionSerializer})
    def post(self, request: Request, design_id: UUID) -> Response:
        """Names what the design says now."""
        design, access = opened(request, design_id, Action.KEEP_VERSION)
        wanted = NewVersionSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        version = keep_version(design, access, wanted.validated_data["name"])
        kept = VersionSerializer(version, context=_context(design))
        return Response(kept.data, status=status.HTTP_201_CREATED)


class OneVersion(APIView):
    @extend_schema(responses={204: None})
    def delete(self, request: Request, design_id: UUID, version_id: UUID) -> Response:
        """Forgets the name. What the design said then stays in its history."""
        design, _ = opened(request, design_id, Action.KEEP_VERSION)
        forget_version(design, version_id)
        return Response(status=status.HTTP_204_NO_CONTENT)


class Copies(APIView):
    @extend_schema(request=CopySerializer, responses={201: DesignSerializer})
    def post(self, request: Request, design_id: UUID) -> Response:
        """A practice board of the asker's own. Earlier states are for who may read the history."""
        design, access = opened(request, design_id, Action.COPY)
        wanted = CopySerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        seq = wanted.validated_data.get("seq")
        if seq is not None:
            check(access, Action.READ_HISTORY)
        with transaction.atomic():
            actor = as_guest(actor_of(request._request), GUEST_NAME)
            copy = copy_design(actor, design, seq)
        response = Response(DesignSerializer(copy).data, status=status.HTTP_201_CREATED)
        if actor.guest_id:
            write_guest_id(response, actor.guest_id)
        return response


def _context(design: DesignSession) -> dict[str, object]:
    return {"begun_at": begun_at(design.id)}
