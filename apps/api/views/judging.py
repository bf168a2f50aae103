"""The judge: its consent, for owners to give, and its readings, for interviewers alone."""

from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.api.access import opened
from apps.api.serializers.judging import ConsentSerializer
from apps.core.errors import NotFound
from apps.core.permissions import Action
from apps.designs.models import DesignSession
from apps.interviews.domain.withholding import check_machine
from apps.scoring.domain.judging import consent, judgements
from apps.scoring.domain.queries.judgements import consent_json, judgement_json
from apps.scoring.models import ScoreRun


class JudgeConsent(APIView):
    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: Request, design_id: UUID) -> Response:
        """Is there a judge, whose is it, and may it read this design?"""
        design, access = opened(request, design_id, Action.READ_SCORES)
        return Response(consent_json(design, access))

    @extend_schema(request=ConsentSerializer, responses=OpenApiTypes.OBJECT)
    def put(self, request: Request, design_id: UUID) -> Response:
        """Lets the judge read this design, or stops that at once."""
        design, access = opened(request, design_id, Action.MANAGE_SESSION)
        asked = ConsentSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        change = consent.give if asked.validated_data["given"] else consent.withdraw
        change(design, access)
        return Response(consent_json(design, access))


class Judgement(APIView):
    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: Request, design_id: UUID, run_id: UUID) -> Response:
        """The last reading of a run by the judge, or null."""
        design, access = opened(request, design_id, Action.READ_SCORES)
        check_machine(design, access)
        judgement = judgements.latest_of(_run(design, run_id))
        return Response({"judge": judgement_json(judgement) if judgement else None})

    @extend_schema(request=None, responses={202: OpenApiTypes.OBJECT})
    def post(self, request: Request, design_id: UUID, run_id: UUID) -> Response:
        """Asks for one; what was read already is not sent again."""
        design, access = opened(request, design_id, Action.RUN_SCORING)
        check_machine(design, access)
        judgement = judgements.request_judgement(_run(design, run_id), access)
        body = {"judge": judgement_json(judgement)}
        return Response(body, status=status.HTTP_202_ACCEPTED)


def _run(design: DesignSession, run_id: UUID) -> ScoreRun:
    run = ScoreRun.objects.filter(design=design, id=run_id).select_related("design").first()
    if run is None:
        raise NotFound("There is no such score of this design.")
    return run
