"""Keeps the addresses of links just made where only their maker sees them: in a short-lived cookie.

The server stores hashes alone, so a page that is to show an address after a redirect, or again
after a reload, needs it from the browser.
"""

from collections.abc import Mapping
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from apps.core.permissions import Role
from apps.designs.domain.links import create_link
from apps.designs.models import DesignSession, ShareLink
from apps.designs.rules import Access

COOKIE = "ninestep_fresh_links"
SALT = "ninestep.fresh-links"
AGE_S = 600
FIRST_ROLES = [Role.CANDIDATE, Role.INTERVIEWER]


def create_first_links(access: Access, design: DesignSession) -> dict[str, str]:
    """What an interview begins with. Link id -> token."""
    made = [create_link(access, design, role) for role in FIRST_ROLES]
    return {str(link.id): token for link, token in made}


def read_tokens(request: HttpRequest) -> dict[str, str]:
    """Link id -> token, of the links made within the last minutes."""
    try:
        return dict(signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=AGE_S))
    except (signing.BadSignature, ValueError, TypeError):
        return {}


def write_tokens(response: HttpResponse, design_id: UUID, tokens: Mapping[str, str]) -> None:
    response.set_cookie(
        COOKIE,
        signing.dumps(dict(tokens), salt=SALT),
        max_age=AGE_S,
        path=reverse("workspace", args=[design_id]),  # and the pages below it
        httponly=True,
        samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def address_of(request: HttpRequest, link: ShareLink) -> str | None:
    token = read_tokens(request).get(str(link.id))
    return request.build_absolute_uri(reverse("open_link", args=[token])) if token else None
