"""What every answer has (the content security policy and its relatives), and static files."""

import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; "
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; "
    "manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
# Addresses with a secret in them. The answer to a dead one is a page with links on it.
SECRET_PATHS = ("/j/", "/r/", "/demo/", "/teams/join/")
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class SecurityHeadersMiddleware:
    """A view that has set its own policy keeps it (files for download carry a stricter one)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # The nonce is for the style element that the notes editor makes; scripts have none.
        nonce = secrets.token_urlsafe(16)
        request.csp_nonce = nonce  # type: ignore[attr-defined]
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY.format(nonce=nonce))
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if "Cache-Control" not in response.headers:
            _forbid_storing(response)
        if request.path.startswith(SECRET_PATHS):
            response.headers["Referrer-Policy"] = "no-referrer"
        return response


def _forbid_storing(response: HttpResponse) -> None:
    """What a page shows is for the person who asked. Files say for themselves how long they last.

    Vary is always there: else a design that exists would be told from one that does not.
    """
    response.headers["Cache-Control"] = "private, no-store"
    patch_vary_headers(response, ["Cookie"])


class StaticFilesMiddleware(WhiteNoiseMiddleware):  # type: ignore[misc]
    """Static files, each read whole: under ASGI Django would do so too, and warn each time."""

    @staticmethod
    def serve(static_file: StaticFile, request: HttpRequest) -> HttpResponse:
        found = static_file.get_response(request.method, request.META)
        content = b""
        if found.file is not None:
            with found.file as file:
                content = file.read()
        return HttpResponse(content, status=int(found.status), headers=dict(found.headers))
