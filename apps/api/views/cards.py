"""One's own score card, and the panel's once one's own is in.

Each change answers with the card as it is then, what is missing for its submission, and, after a
verdict of one's own, what the card comes to.
"""

from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.api.access import opened
from apps.api.serializers.cards import RatingSerializer, RevisionSerializer, VerdictSerializer
from apps.core.permissions import Action
from apps.designs.rules import Access
from apps.interviews.domain import withholding
from apps.interviews.domain.cards import drafting, submitting
from apps.interviews.domain.cards.making import own_card
from apps.interviews.domain.cards.reading import own_card_json, panel_json
from apps.interviews.domain.finding import interview_of
from apps.interviews.models import Interview


class Card(APIView):
    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: Request, design_id: UUID) -> Response:
        """The asker's own card, made on the first look."""
        return _card(*_opened(request, design_id))


class CardRating(APIView):
    @extend_schema(request=RatingSerializer, responses=OpenApiTypes.OBJECT)
    def put(self, request: Request, design_id: UUID, item: str) -> Response:
        """Saves one rating of a draft, whole; evidence stays as it was where it is left out."""
        interview, access = _opened(request, design_id)
        said = RatingSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        drafting.save(own_card(interview, access), item, said.change())
        return _card(interview, access)


class CardVerdict(APIView):
    @extend_schema(request=VerdictSerializer, responses=OpenApiTypes.OBJECT)
    def put(self, request: Request, design_id: UUID) -> Response:
        """One's own verdict; the formula's band is shown from then on."""
        interview, access = _opened(request, design_id)
        said = VerdictSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        drafting.give_verdict(own_card(interview, access), **said.validated_data)
        return _card(interview, access)


class CardSubmission(APIView):
    @extend_schema(request=None, responses=OpenApiTypes.OBJECT)
    def post(self, request: Request, design_id: UUID) -> Response:
        """Locks the card. One that is not complete is refused with all that is missing."""
        interview, access = _opened(request, design_id)
        submitting.submit(own_card(interview, access), access.name)
        return _card(interview, access)


class CardRevision(APIView):
    @extend_schema(request=RevisionSerializer, responses=OpenApiTypes.OBJECT)
    def post(self, request: Request, design_id: UUID, item: str) -> Response:
        """Changes a submitted card, with a reason; what was there before is kept."""
        interview, access = _opened(request, design_id)
        said = RevisionSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        submitting.revise(
            own_card(interview, access),
            item,
            level=said.validated_data.get("level"),
            state=said.validated_data.get("state") or "",
            reason=said.validated_data["reason"],
            by_name=access.name,
        )
        return _card(interview, access)


class CardDeclined(APIView):
    @extend_schema(request=None, responses=OpenApiTypes.OBJECT)
    def post(self, request: Request, design_id: UUID) -> Response:
        """Gives up one's own card for good, to see the others' once they are all in."""
        interview, access = _opened(request, design_id)
        withholding.decline_card(interview, access)
        return Response(panel_json(interview, access))


class Panel(APIView):
    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: Request, design_id: UUID) -> Response:
        """Own card, peers' and the machine's, as far as they may be seen; `withheld` says why."""
        _, access = opened(request, design_id, Action.READ_PANEL)
        return Response(panel_json(interview_of(design_id), access))


def _opened(request: Request, design_id: UUID) -> tuple[Interview, Access]:
    _, access = opened(request, design_id, Action.RATE)
    return interview_of(design_id), access


def _card(interview: Interview, access: Access) -> Response:
    return Response(own_card_json(interview, access))
