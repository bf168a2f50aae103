"""From a request's user, guest cookie and session to the actor behind it."""

from collections.abc import Mapping

from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase

from apps.accounts.actors import Actor
from apps.accounts.cookies import read_grants, read_guest_id
from apps.accounts.models import Guest, User


def identify(user: User | AnonymousUser, session: SessionBase, cookies: Mapping[str, str]) -> Actor:
    """A signed-in person counts as that person only, whatever guest cookie is beside it."""
    grants = read_grants(session)
    if isinstance(user, User):
        return Actor(user_id=user.id, name=user.display_name, link_grants=grants)
    guest_id = read_guest_id(cookies)
    guest = Guest.objects.filter(id=guest_id).first() if guest_id else None
    if guest is None:
        return Actor(link_grants=grants)
    return Actor(guest_id=guest.id, name=guest.name, link_grants=grants)
