"""Turns every error into one JSON form: {"error": {"code", "message", "faults"?}}."""

from http import HTTPStatus
from typing import Any

from rest_framework.response import Response
from rest_framework.views import exception_handler

from apps.core.errors import Conflict, Invalid, NinestepError, NotFound

STATUS = {
    NotFound: HTTPStatus.NOT_FOUND,
    Conflict: HTTPStatus.CONFLICT,
    Invalid: HTTPStatus.BAD_REQUEST,
}


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    if isinstance(error, NinestepError):
        body: dict[str, Any] = {"code": error.code, "message": str(error)}
        if isinstance(error, Invalid) and error.faults:
            body["faults"] = [{"path": f.path, "reason": f.reason} for f in error.faults]
        return Response({"error": body}, status=STATUS.get(type(error), HTTPStatus.BAD_REQUEST))
    response = exception_handler(error, context)
    if response is not None:
        detail = response.data.get("detail") if isinstance(response.data, dict) else None
        code = getattr(detail, "code", "invalid")
        message = str(detail) if detail else "The request is not valid."
        faults = [] if detail else _faults(response.data)
        response.data = {"error": {"code": code, "message": message, "faults": faults}}
    return response


def _faults(data: Any, path: str = "$") -> list[dict[str, str]]:
    if isinstance(data, dict):
        return [fault for key, value in data.items() for fault in _faults(value, f"{path}.{key}")]
    if isinstance(data, list):
        return [fault for value in data for fault in _faults(value, path)]
    return [{"path": path, "reason": str(data)}]
