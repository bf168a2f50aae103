"""The demo owner and the one-click address that signs a browser in as them.

Only where NINESTEP_DEMO is set: whoever reads the server's output may then be the demo owner.
"""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.core import signing
from django.urls import reverse

from apps.accounts.models import User
from apps.core.errors import NotFound
from apps.designs.document.types import DesignDocument
from apps.designs.document.validation import parse_text

EMAIL = "demo@ninestep.local"
NAME = "Tomás Ferreira-Lindqvist"
SALT = "ninestep.demo"
TOKEN_AGE_S = 7 * 24 * 3600
DESIGNS = Path(__file__).parent / "demo_designs"
WORKED = "video-recommendation"


def demo_sign_in_url(base_url: str) -> str | None:
    """The address to print at the start, or None where there is no demo."""
    if not settings.DEMO:
        return None
    return base_url.rstrip("/") + reverse("demo", args=[signing.dumps(EMAIL, salt=SALT)])


def demo_owner() -> User:
    """The demo's account. It has no password, so that this address is the only way in."""
    owner, is_new = User.objects.get_or_create(email=EMAIL, defaults={"name": NAME})
    if is_new:
        owner.set_unusable_password()
        owner.save(update_fields=["password"])
    return owner


def owner_by_token(token: str) -> User:
    """Raises NotFound for a bad or old token, and everywhere but in a demo."""
    owner = User.objects.filter(email=EMAIL).first()
    if settings.DEMO and owner is not None and _is_valid(token):
        return owner
    raise NotFound("There is no such demo.")


def _is_valid(token: str) -> bool:
    try:
        return bool(signing.loads(token, salt=SALT, max_age=TOKEN_AGE_S) == EMAIL)
    except signing.BadSignature:
        return False


@cache
def read_design(name: str) -> DesignDocument:
    """One of the worked designs that ship with the product."""
    return parse_text((DESIGNS / f"{name}.json").read_bytes())
