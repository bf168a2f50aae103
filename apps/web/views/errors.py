"""The answers for what went wrong: what happened, what was kept, what to do.

Programs get the JSON of `apps/api/errors.py`, people a page.
"""

import sys
from http import HTTPStatus

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

API = "/api/"
MESSAGES = {
    HTTPStatus.BAD_REQUEST: "The request could not be read. Nothing was changed.",
    HTTPStatus.FORBIDDEN: "This is not allowed. Nothing was changed.",
    HTTPStatus.NOT_FOUND: "There is no such address.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something went wrong on the server. Try it again.",
    HTTPStatus.SERVICE_UNAVAILABLE: (
        "The database does not answer. What was saved is kept. Try it again in a moment."
    ),
}


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    del exception
    return _answer(request, HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    del exception
    return _answer(request, HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    del exception
    return _answer(request, HTTPStatus.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    # Django calls this while it handles the error, also one of a middleware.
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        return unavailable(request)
    return _answer(request, HTTPStatus.INTERNAL_SERVER_ERROR)


def unavailable(request: HttpRequest) -> HttpResponse:
    """For when the database does not answer: nothing here asks it for anything."""
    return _answer(request, HTTPStatus.SERVICE_UNAVAILABLE)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    del reason
    return render(request, "errors/csrf.html", status=HTTPStatus.FORBIDDEN)


def _answer(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    if request.path.startswith(API):
        error = {"code": status.name.lower(), "message": MESSAGES[status]}
        return JsonResponse({"error": error}, status=status)
    return render(request, f"errors/{status.value}.html", status=status)
