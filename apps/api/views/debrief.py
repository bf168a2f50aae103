"""The debrief of an interview: notes, the decision, sign-offs; and the record as a file."""

import json
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.api.access import opened
from apps.api.files import download
from apps.api.serializers.debrief import (
    DebriefNoteSerializer,
    DecisionSerializer,
    NewDebriefNoteSerializer,
    NewDecisionSerializer,
    ReportChoiceSerializer,
)
from apps.core.permissions import Action
from apps.interviews.domain.debrief import write_note
from apps.interviews.domain.decision import decide, sign_off
from apps.interviews.domain.finding import interview_of
from apps.interviews.exports import record_csv, record_of
from apps.interviews.reports.panel_report import Choice, panel_report
from apps.interviews.reports.typeset import typeset


class DebriefNotes(APIView):
    @extend_schema(request=NewDebriefNoteSerializer, responses={201: DebriefNoteSerializer})
    def post(self, request: Request, design_id: UUID) -> Response:
        """About one step or criterion, or with an empty `item` about the whole."""
        _, access = opened(request, design_id, Action.READ_PANEL)
        wanted = NewDebriefNoteSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        note = write_note(interview_of(design_id), access, **wanted.validated_data)
        return Response(DebriefNoteSerializer(note).data, status=status.HTTP_201_CREATED)


class DecisionMade(APIView):
    @extend_schema(request=NewDecisionSerializer, responses=DecisionSerializer)
    def put(self, request: Request, design_id: UUID) -> Response:
        """A person's, with a reason. Sign-offs of an earlier one fall away."""
        _, access = opened(request, design_id, Action.DECIDE)
        wanted = NewDecisionSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        decision = decide(interview_of(design_id), access, **wanted.validated_data)
        return Response(DecisionSerializer(decision).data)


class DecisionSignOff(APIView):
    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, design_id: UUID) -> Response:
        _, access = opened(request, design_id, Action.SIGN_OFF)
        sign_off(interview_of(design_id), access)
        return Response(status=status.HTTP_204_NO_CONTENT)


class RecordJson(APIView):
    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: Request, design_id: UUID) -> HttpResponse:
        """All cards, the panel's figures, the notes of the debrief and the decision."""
        design, access = opened(request, design_id, Action.EXPORT_RECORD)
        record = record_of(interview_of(design_id), access)
        body = json.dumps(record, ensure_ascii=False, indent=2).encode()
        return download(body, "application/json", design.title, "record.json")


class RecordCsv(APIView):
    @extend_schema(responses={(200, "text/csv"): OpenApiResponse(OpenApiTypes.STR)})
    def get(self, request: Request, design_id: UUID) -> HttpResponse:
        """A row for each rating. No cell begins a formula."""
        design, access = opened(request, design_id, Action.EXPORT_RECORD)
        body = record_csv(record_of(interview_of(design_id), access)).encode()
        return download(body, "text/csv; charset=utf-8", design.title, "record.csv")


class ReportPdf(APIView):
    @extend_schema(
        parameters=[ReportChoiceSerializer],
        responses={(200, "application/pdf"): OpenApiResponse(OpenApiTypes.BINARY)},
    )
    def get(self, request: Request, design_id: UUID) -> HttpResponse:
        """The interviewers' report. Private notes are in it only if asked for."""
        design, access = opened(request, design_id, Action.EXPORT_RECORD)
        wanted = ReportChoiceSerializer(data=request.query_params.dict())
        wanted.is_valid(raise_exception=True)
        choice = Choice(**wanted.validated_data)
        report = panel_report(interview_of(design_id), access, choice)
        return download(typeset(report), "application/pdf", design.title, "report.pdf")
