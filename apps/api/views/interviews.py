"""An interview as it is played: where it stands, and everything that can be done to it.

Each action answers with where the interview stands after it, as far as the asker may know.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.api.access import opened
from apps.api.serializers.interviews import (
    AccommodationSerializer,
    AdmittedSerializer,
    Body,
    IndexSerializer,
    ReasonSerializer,
    SecondsSerializer,
    StepSerializer,
)
from apps.core.permissions import Action
from apps.designs.rules import Access
from apps.interviews.domain import accommodations, lifecycle, states, twists
from apps.interviews.domain.finding import interview_of
from apps.interviews.domain.reading import accommodation_of, play_json
from apps.interviews.models import Interview

Act = Callable[[Interview, Access, dict[str, Any]], None]


class PlayedInterview(APIView):
    @extend_schema(operation_id="interview", responses=OpenApiTypes.OBJECT)
    def get(self, request: Request, design_id: UUID) -> Response:
        _, access = opened(request, design_id, Action.VIEW_BRIEF)
        return Response(play_json(interview_of(design_id), access))


@dataclass(frozen=True)
class Deed:
    """What an endpoint does, who may, and what its body has to be."""

    act: Act
    body: type[Body] = Body
    action: Action = Action.RUN_INTERVIEW


class PlayAction(APIView):
    deed: ClassVar[Deed]

    def post(self, request: Request, design_id: UUID) -> Response:
        _, access = opened(request, design_id, self.deed.action)
        wanted = self.deed.body(data=request.data)
        wanted.is_valid(raise_exception=True)
        interview = interview_of(design_id)
        self.deed.act(interview, access, wanted.validated_data)
        # The asker's own right may hang on what was just done.
        _, access = opened(request, design_id, Action.VIEW_BRIEF)
        return Response(play_json(interview, access))


def _endpoint(
    name: str, act: Act, body: type[Body] = Body, action: Action = Action.RUN_INTERVIEW
) -> type[PlayAction]:
    """A class of its own for each, so that the OpenAPI document tells them apart."""
    view: type[PlayAction] = type(name, (PlayAction,), {"deed": Deed(act, body, action)})
    has_body = body is not Body
    documented = extend_schema(request=body if has_body else None, responses=OpenApiTypes.OBJECT)
    return documented(view)


Start = _endpoint("Start", lambda one, by, _: lifecycle.start(one, by))
Pause = _endpoint("Pause", lambda one, by, _: lifecycle.pause(one, by))
Resume = _endpoint("Resume", lambda one, by, _: lifecycle.resume(one, by))
Finish = _endpoint("Finish", lambda one, by, _: lifecycle.end(one, by), action=Action.END_SESSION)
Freeze = _endpoint("Freeze", lambda one, by, _: lifecycle.freeze(one, by, frozen=True))
Unfreeze = _endpoint("Unfreeze", lambda one, by, _: lifecycle.freeze(one, by, frozen=False))
Extend = _endpoint(
    "Extend", lambda one, by, body: lifecycle.extend(one, by, body["seconds"]), SecondsSerializer
)
Think = _endpoint(
    "Think", lambda one, by, body: lifecycle.think(one, by, body["seconds"]), SecondsSerializer
)
Reopen = _endpoint(
    "Reopen",
    lambda one, by, body: lifecycle.reopen(one, by, body["reason"]),
    ReasonSerializer,
    Action.REOPEN,
)
Admit = _endpoint(
    "Admit", lambda one, by, body: lifecycle.admit(one, by, body["participant"]), AdmittedSerializer
)
Enter = _endpoint(
    "Enter", lambda one, by, body: states.enter_step(one, by, body["step"]), StepSerializer
)
Dive = _endpoint(
    "Dive", lambda one, by, body: states.deep_dive(one, by, body["step"]), StepSerializer
)
EndDive = _endpoint(
    "EndDive", lambda one, by, body: states.end_deep_dive(one, by, body["step"]), StepSerializer
)
Skip = _endpoint(
    "Skip",
    lambda one, by, body: states.skip(one, by, body["step"]),
    StepSerializer,
    Action.SKIP_STEP,
)
Unskip = _endpoint(
    "Unskip",
    lambda one, by, body: states.unskip(one, by, body["step"]),
    StepSerializer,
    Action.SKIP_STEP,
)
Twist = _endpoint(
    "Twist", lambda one, by, body: twists.play_twist(one, by, body["index"]), IndexSerializer
)
Clarify = _endpoint(
    "Clarify",
    lambda one, by, body: twists.reveal_clarification(one, by, body["index"]),
    IndexSerializer,
)


class Accommodations(APIView):
    @extend_schema(responses=AccommodationSerializer)
    def get(self, request: Request, design_id: UUID) -> Response:
        opened(request, design_id, Action.SET_ACCOMMODATIONS)
        return Response(AccommodationSerializer(accommodation_of(interview_of(design_id))).data)

    @extend_schema(request=AccommodationSerializer, responses=AccommodationSerializer)
    def put(self, request: Request, design_id: UUID) -> Response:
        """What is set for the candidate. Other raters never see it."""
        _, access = opened(request, design_id, Action.SET_ACCOMMODATIONS)
        wanted = AccommodationSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        row = accommodations.set_for(interview_of(design_id), access, **wanted.validated_data)
        return Response(AccommodationSerializer(row).data)
