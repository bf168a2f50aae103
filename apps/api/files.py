"""How files leave the server: inert in the browser, with a name that is safe on every system."""

import re
import unicodedata

from django.http import HttpResponse
from django.utils.http import content_disposition_header

POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
NAME_MAX_LENGTH = 80


def picture(body: bytes) -> HttpResponse:
    """An SVG to be shown in a page by <img>."""
    return _inert(HttpResponse(body, content_type="image/svg+xml"))


def download(body: bytes, media_type: str, title: str, suffix: str) -> HttpResponse:
    response = _inert(HttpResponse(body, content_type=media_type))
    name = f"{safe_name(title)}.{suffix}"
    disposition = content_disposition_header(as_attachment=True, filename=name)
    response.headers["Content-Disposition"] = disposition or "attachment"
    return response


def safe_name(title: str) -> str:
    """Letters and digits of any script; everything else becomes one hyphen."""
    plain = unicodedata.normalize("NFC", title)
    return re.sub(r"\W+", "-", plain)[:NAME_MAX_LENGTH].strip("-_") or "design"


def _inert(response: HttpResponse) -> HttpResponse:
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-cache"
    return response
