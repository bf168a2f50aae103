"""Turns every error into one JSON form: {"error": {"code", "message", "faults"?}}."""

import logging
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from rest_framework.response import Response
from rest_framework.views import exception_handler

from apps.core.errors import Conflict, Fault, Invalid, NinestepError, NotFound
from apps.diagrams.errors import LayoutTooHard, PictureTooLarge, RenderFailed
from apps.interviews.reports.typeset import ReportFailed
from apps.rooms.domain.reading import NotReadNow

STATUS: dict[type[NinestepError], HTTPStatus] = {
    NotFound: HTTPStatus.NOT_FOUND,
    Conflict: HTTPStatus.CONFLICT,
    Invalid: HTTPStatus.BAD_REQUEST,
    LayoutTooHard: HTTPStatus.UNPROCESSABLE_ENTITY,
    PictureTooLarge: HTTPStatus.UNPROCESSABLE_ENTITY,
    RenderFailed: HTTPStatus.SERVICE_UNAVAILABLE,
    NotReadNow: HTTPStatus.SERVICE_UNAVAILABLE,
    ReportFailed: HTTPStatus.SERVICE_UNAVAILABLE,
}
UNAVAILABLE = "The database does not answer. What was saved is kept. Try it again in a moment."
TOO_LARGE = "The request is larger than the server takes. Nothing was changed."

log = logging.getLogger(__name__)


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    if isinstance(error, NinestepError):
        faults = error.faults if isinstance(error, Invalid) else []
        return _answer(_status_of(error), error.code, str(error), faults)
    if isinstance(error, RequestDataTooBig):
        return _answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large", TOO_LARGE, [])
    if isinstance(error, OperationalError | InterfaceError):
        log.warning("The database does not answer: %s", str(error).strip())
        return _answer(HTTPStatus.SERVICE_UNAVAILABLE, "unavailable", UNAVAILABLE, [])
    response = exception_handler(error, context)
    if response is not None:
        response.data = _framework_body(response.data)
    return response


def _status_of(error: NinestepError) -> HTTPStatus:
    """That of the error's nearest kind in the table."""
    known = (STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
    return next(known, HTTPStatus.BAD_REQUEST)


def _answer(status: HTTPStatus, code: str, message: str, faults: list[Fault]) -> Response:
    body: dict[str, Any] = {"code": code, "message": message}
    if faults:
        body["faults"] = [{"path": fault.path, "reason": fault.reason} for fault in faults]
    return Response({"error": body}, status=status)


def _framework_body(data: Any) -> dict[str, Any]:
    """What the REST framework says of a request that it refused by itself."""
    detail = data.get("detail") if isinstance(data, dict) else None
    if detail:
        return {"error": {"code": getattr(detail, "code", "invalid"), "message": str(detail)}}
    message = "The request is not valid. Nothing was changed."
    return {"error": {"code": "invalid", "message": message, "faults": _faults(data)}}


def _faults(data: Any, path: str = "$") -> list[dict[str, str]]:
    if isinstance(data, dict):
        return [fault for key, value in data.items() for fault in _faults(value, f"{path}.{key}")]
    if isinstance(data, list):
        return [fault for value in data for fault in _faults(value, path)]
    return [{"path": path, "reason": str(data)}]
