"""The history of a session, to be played again.

Whoever may view the session may replay it. What was deleted since is only for those who may read
the history; the others get it cut out of the updates (apps/rooms/room/redaction.py).
"""

import hashlib
import json
from base64 import b64encode
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.utils.cache import get_conditional_response
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.api.access import opened
from apps.api.serializers.replay import ReplayQuerySerializer, ReplaySerializer
from apps.core.json import JsonObject
from apps.core.permissions import Action
from apps.designs.models import DesignSession
from apps.designs.rules import Access, can
from apps.interviews.domain.withholding import why_machine_withheld
from apps.rooms.domain.history import read_page
from apps.rooms.domain.log import Row
from apps.scoring.domain.queries.moments import runs_between
from apps.scoring.models import ScoreRun

NOT_KEPT = "private, no-store"  # what is deleted next must not stay in a guest's browser
ASK_FIRST = "private, no-cache"


class Replay(APIView):
    @extend_schema(parameters=[ReplayQuerySerializer], responses=ReplaySerializer)
    def get(self, request: Request, design_id: UUID) -> HttpResponseBase:
        """The changes after `after`, in order; fewer than `limit` of them where they are large.

        Markers: of versions for who may read the history, of scores for who may read scores.
        Steps have none: the changes tell.
        """
        design, access = opened(request, design_id, Action.REPLAY)
        after, limit = _wanted(request)
        is_whole = can(access, Action.READ_HISTORY)
        page = read_page(design.id, after, limit, is_redacted=not is_whole)
        until = page.rows[-1].seq if page.rows else after
        about: JsonObject = {
            "epoch": page.epoch,
            "last": page.last,
            "people": _people(design, {row.participant_id for row in page.rows}),
            "markers": _markers(design, access, after, until),
        }
        body = {**about, "rows": [_row(row) for row in page.rows]}
        if not is_whole:
            return Response(body, headers={"Cache-Control": NOT_KEPT})
        return _unless_known(request, body, etag=_etag(about, after, page.rows))


def _wanted(request: Request) -> tuple[int, int]:
    query = ReplayQuerySerializer(data=request.query_params)
    query.is_valid(raise_exception=True)
    return query.validated_data["after"], query.validated_data["limit"]


def _people(design: DesignSession, ids: Collection[UUID | None]) -> list[Any]:
    """Name, role and colour, which presence shows to everybody as well. No addresses."""
    people = design.participants.filter(id__in=[one for one in ids if one is not None])
    return [
        {"participant": str(one.id), "name": one.name, "role": one.role, "color": one.color}
        for one in people
    ]


def _markers(design: DesignSession, access: Access, after: int, until: int) -> list[Any]:
    """What was named and scored between two changes, as far as the asker may know."""
    named = _versions(design, after, until) if can(access, Action.READ_HISTORY) else []
    scored = _scores(design, after, until) if _may_see_scores(design, access) else []
    return named + scored


def _versions(design: DesignSession, after: int, until: int) -> list[Any]:
    return [
        {"kind": "version", "seq": row.seq, "at": row.at.isoformat(), "title": row.name}
        for row in design.versions.filter(seq__gt=after, seq__lte=until)
    ]


def _may_see_scores(design: DesignSession, access: Access) -> bool:
    return can(access, Action.READ_SCORES) and not why_machine_withheld(design, access)


def _scores(design: DesignSession, after: int, until: int) -> list[Any]:
    return [
        {"kind": "score", "seq": run.seq, "at": run.created_at.isoformat(), "title": _title(run)}
        for run in runs_between(design.id, after, until)
    ]


def _title(run: ScoreRun) -> str:
    """No figure where there was too little to score."""
    score = (run.result or {}).get("overall", {}).get("score")
    return "Score" if score is None else f"Score {score:.0f}"


def _row(row: Row) -> JsonObject:
    return {
        "seq": row.seq,
        "at": row.at.isoformat(),
        "participant": str(row.participant_id) if row.participant_id else None,
        "update": b64encode(row.payload).decode(),
    }


def _etag(about: JsonObject, after: int, rows: Sequence[Row]) -> str:
    """Rows never change: which they are is enough."""
    which = [about, after, rows[-1].seq if rows else after]
    return f'"{hashlib.sha256(json.dumps(which).encode()).hexdigest()}"'


def _unless_known(request: Request, body: Mapping[str, Any], etag: str) -> HttpResponseBase:
    response = Response(body, headers={"Cache-Control": ASK_FIRST, "ETag": etag})
    return get_conditional_response(request._request, etag=etag, response=response) or response
