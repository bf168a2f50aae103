"""The designs that one takes part in: list, create, import, read, rename, end."""

from typing import Any
from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.actors import Actor
from apps.accounts.middleware import actor_of
from apps.api.access import known_actor, opened
from apps.api.serializers.designs import (
    CreatedSerializer,
    DesignSerializer,
    FlowSerializer,
    NewDesignSerializer,
    TitleSerializer,
)
from apps.core.permissions import Action
from apps.designs.document.validation import parse_text
from apps.designs.domain import lifecycle
from apps.designs.domain.creation import create_design
from apps.designs.domain.flows import switch_flow
from apps.designs.domain.importing import import_design
from apps.designs.domain.queries.designs import designs_of
from apps.designs.models import DesignSession
from apps.interviews.domain.creation import Setup, create_interview
from apps.interviews.domain.lifecycle import end_session

LIST_MAX = 200


class Designs(APIView):
    @extend_schema(operation_id="designs_list", responses=DesignSerializer(many=True))
    def get(self, request: Request) -> Response:
        designs = designs_of(actor_of(request._request))[:LIST_MAX]
        return Response(DesignSerializer(designs, many=True).data)

    @extend_schema(request=NewDesignSerializer, responses={201: DesignSerializer})
    def post(self, request: Request) -> Response:
        actor = known_actor(request)
        wanted = NewDesignSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        values = wanted.validated_data
        design = _create(actor, values)
        return Response(DesignSerializer(design).data, status=status.HTTP_201_CREATED)


def _create(actor: Actor, values: dict[str, Any]) -> DesignSession:
    problem, title, flow = (values.get(name) for name in ("problem", "title", "flow"))
    if values["kind"] == DesignSession.Kind.INTERVIEW:
        return create_interview(actor, Setup(problem=problem, title=title, flow=flow)).design
    return create_design(actor, values["kind"], problem, title, flow)


class Import(APIView):
    @extend_schema(request=OpenApiTypes.OBJECT, responses={201: CreatedSerializer})
    def post(self, request: Request) -> Response:
        """A whole design document; it is taken whole or refused whole."""
        actor = known_actor(request)
        # Not request.data: our own reader also refuses what Python's takes, such as NaN.
        design = import_design(actor, parse_text(request._request.body))
        return Response(CreatedSerializer(DesignSerializer(design).data).data, status=201)


class Design(APIView):
    @extend_schema(responses=DesignSerializer)
    def get(self, request: Request, design_id: UUID) -> Response:
        design, _ = opened(request, design_id, Action.VIEW)
        return Response(DesignSerializer(design).data)

    @extend_schema(request=TitleSerializer, responses=DesignSerializer)
    def patch(self, request: Request, design_id: UUID) -> Response:
        design, _ = opened(request, design_id, Action.MANAGE_SESSION)
        wanted = TitleSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        lifecycle.rename(design, wanted.validated_data["title"])
        return Response(DesignSerializer(design).data)


class Flow(APIView):
    @extend_schema(request=FlowSerializer, responses=DesignSerializer)
    def post(self, request: Request, design_id: UUID) -> Response:
        """Goes on in another flow. The notes of the earlier one are kept for the way back."""
        design, _ = opened(request, design_id, Action.SWITCH_FLOW)
        wanted = FlowSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        switch_flow(design, wanted.validated_data["flow"])
        return Response(DesignSerializer(design).data)


class End(APIView):
    @extend_schema(request=None, responses=DesignSerializer)
    def post(self, request: Request, design_id: UUID) -> Response:
        """Makes the record final: nobody can edit after this."""
        design, access = opened(request, design_id, Action.END_SESSION)
        end_session(design, access)
        return Response(DesignSerializer(design).data)
