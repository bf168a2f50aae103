"""REST requests are made by the browser's own session or guest cookie, always with a CSRF check.

DRF's own session authentication checks CSRF for signed-in people only; guests have cookies too.
"""

from django.http import HttpRequest
from rest_framework.authentication import CSRFCheck
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request


class ActorAuthentication:
    def authenticate(self, request: Request) -> None:
        check = CSRFCheck(lambda _request: None)  # type: ignore[arg-type]
        check.process_request(request._request)
        reason = check.process_view(request._request, None, (), {})  # type: ignore[arg-type]
        if reason:
            raise PermissionDenied(f"The request was not sent from our own page ({reason}).")

    def authenticate_header(self, _request: HttpRequest) -> None:
        return None
