"""Scores, for interviewers and owners alone."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.api.access import opened
from apps.api.notes import note
from apps.core.permissions import Action
from apps.interviews.domain.withholding import check_machine, why_machine_withheld
from apps.rooms.domain.reading import current_document, current_seq, note_on
from apps.scoring.domain.coverage import request_coverage
from apps.scoring.domain.queries.latest import latest_for_interviewer, run_json
from apps.scoring.domain.runs import cancel_run, request_run, run_of


class Scores(APIView):
    @extend_schema(request=None, responses={202: OpenApiTypes.OBJECT})
    def post(self, request: Request, design_id: UUID) -> Response:
        """Asks for a score of the design as it is now; the same state is scored once."""
        design, access = opened(request, design_id, Action.RUN_SCORING)
        check_machine(design, access)
        document, seq = current_document(design)
        run = request_run(design, document, seq, access)
        response = Response({"run": run_json(run)}, status=status.HTTP_202_ACCEPTED)
        note(response, note_on(design))
        return response


class LatestScore(APIView):
    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: Request, design_id: UUID) -> Response:
        """The last run, or null, the words of the rubric, and the state of the design now: the run
        is of an older one if its `seq` is smaller. Of an interview both are null until one's own
        card is in, and `withheld` says so."""
        design, access = opened(request, design_id, Action.READ_SCORES)
        withheld = why_machine_withheld(design, access)
        latest: Any = latest_for_interviewer(design)
        validation = {**latest["validation"], "url": reverse("handbook_agreement")}
        body = {**latest, "validation": validation, "withheld": withheld}
        if withheld:
            body |= {"run": None, "scored": None}
        elif latest["run"]:
            check_machine(design, access)
        return Response({**body, "seq": current_seq(design)})


class Score(APIView):
    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: Request, design_id: UUID, run_id: UUID) -> Response:
        """A run with its trace, by which each figure can be made again by hand."""
        design, access = opened(request, design_id, Action.READ_SCORES)
        check_machine(design, access)
        run = run_json(run_of(design, run_id), has_trace=True)
        return Response({"run": run, "seq": current_seq(design)})


class CancelScore(APIView):
    @extend_schema(request=None, responses=OpenApiTypes.OBJECT)
    def post(self, request: Request, design_id: UUID, run_id: UUID) -> Response:
        """Ends a run that is under way. One that is done or has failed is a conflict."""
        design, access = opened(request, design_id, Action.RUN_SCORING)
        check_machine(design, access)
        return Response({"run": run_json(cancel_run(design, run_id, access))})


class LiveCoverage(APIView):
    @extend_schema(request=None, responses={202: OpenApiTypes.OBJECT})
    def post(self, request: Request, design_id: UUID) -> Response:
        """Asks what is found in the words as they stand; the event `score.coverage` tells."""
        design, access = opened(request, design_id, Action.READ_SCORES)
        check_machine(design, access)
        seq = current_seq(design)
        request_coverage(design, seq, access)
        return Response({"seq": seq}, status=status.HTTP_202_ACCEPTED)
