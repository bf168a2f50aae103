"""Share links and the people on a design."""

from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.api.access import opened
from apps.api.serializers.designs import (
    LinkSerializer,
    MadeLinkSerializer,
    NewLinkSerializer,
    PersonSerializer,
)
from apps.core.permissions import Action, Role
from apps.designs.domain.links import create_link, revoke_link
from apps.designs.domain.queries.links import live_links
from apps.designs.domain.queries.people import people_on


class Links(APIView):
    @extend_schema(operation_id="links_list", responses=LinkSerializer(many=True))
    def get(self, request: Request, design_id: UUID) -> Response:
        design, _ = opened(request, design_id, Action.MANAGE_LINKS)
        return Response(LinkSerializer(live_links(design), many=True).data)

    @extend_schema(request=NewLinkSerializer, responses={201: MadeLinkSerializer})
    def post(self, request: Request, design_id: UUID) -> Response:
        design, access = opened(request, design_id, Action.MANAGE_LINKS)
        wanted = NewLinkSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        lifetime = wanted.lifetime()
        ends = timezone.now() + lifetime if lifetime else None
        link, token = create_link(access, design, Role(wanted.validated_data["role"]), ends)
        url = request.build_absolute_uri(reverse("open_link", args=[token]))
        made = MadeLinkSerializer(link, context={"url": url})
        return Response(made.data, status=status.HTTP_201_CREATED)


class Link(APIView):
    @extend_schema(responses={204: None})
    def delete(self, request: Request, design_id: UUID, link_id: UUID) -> Response:
        """Revokes it: whoever came in by it is out at once."""
        design, _ = opened(request, design_id, Action.MANAGE_LINKS)
        revoke_link(design, link_id)
        return Response(status=status.HTTP_204_NO_CONTENT)


class People(APIView):
    @extend_schema(operation_id="people_list", responses=PersonSerializer(many=True))
    def get(self, request: Request, design_id: UUID) -> Response:
        design, _ = opened(request, design_id, Action.SEE_PEOPLE)
        return Response(PersonSerializer(people_on(design), many=True).data)
