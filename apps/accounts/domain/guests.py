"""Guests: browsers that take part without an account."""

from apps.accounts.actors import Actor
from apps.accounts.models import Guest

GUEST_NAME = "Guest"  # of who has not said theirs


def as_guest(actor: Actor, name: str) -> Actor:
    """The actor, who is somebody afterwards: a stranger becomes a new guest of this name.

    The caller hands the guest's id to the browser (`accounts.cookies.write_guest_id`).
    """
    if not actor.is_stranger:
        return actor
    guest = Guest.objects.create(name=name)
    return Actor(guest_id=guest.id, name=guest.name, link_grants=actor.link_grants)
