"""The browser's side of identity: the signed guest cookie and the link grants of its session."""

from collections.abc import Mapping
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.core import signing
from django.http import HttpResponse

GUEST_COOKIE = "ninestep_guest"
GUEST_SALT = "ninestep.guest"
GRANTS_KEY = "link_grants"


def read_guest_id(cookies: Mapping[str, str]) -> UUID | None:
    """The guest that the cookie names, or None if it is missing, old or not signed by us."""
    try:
        value = signing.loads(
            cookies.get(GUEST_COOKIE, ""), salt=GUEST_SALT, max_age=settings.GUEST_COOKIE_AGE_S
        )
        return UUID(value)
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        return None


def write_guest_id(response: HttpResponse, guest_id: UUID) -> None:
    response.set_cookie(
        GUEST_COOKIE,
        signing.dumps(str(guest_id), salt=GUEST_SALT),
        max_age=settings.GUEST_COOKIE_AGE_S,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def read_grants(session: SessionBase) -> dict[UUID, UUID]:
    """Design id -> share link id, for the links whose token this browser has exchanged."""
    return {UUID(design): UUID(link) for design, link in session.get(GRANTS_KEY, {}).items()}


def add_grant(session: SessionBase, design_id: UUID, link_id: UUID) -> None:
    session[GRANTS_KEY] = {**session.get(GRANTS_KEY, {}), str(design_id): str(link_id)}
