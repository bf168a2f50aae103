"""One valid thing each, made by the product's own functions; needs the `db` fixture."""

from itertools import count
from typing import Any

from django.core import signing
from django.test import Client

from apps.accounts.actors import Actor
from apps.accounts.cookies import GUEST_COOKIE, GUEST_SALT
from apps.accounts.models import Guest, User
from apps.core.permissions import Role
from apps.designs.document.types import DesignDocument
from apps.designs.domain.access import access_for
from apps.designs.domain.creation import create_design
from apps.designs.domain.links import create_link
from apps.designs.domain.membership import join
from apps.designs.models import DesignSession, Participant, ShareLink
from apps.designs.rules import Access
from apps.interviews.domain.creation import Setup, create_interview
from apps.interviews.models import Interview

PASSWORD = "correct-horse-battery"
_numbers = count(1)


def make_user(name: str = "Anneke de Vries", email: str | None = None) -> User:
    return User.objects.create_user(
        email or f"user{next(_numbers)}@example.org", PASSWORD, name=name
    )


def make_guest(name: str = "Priya") -> Guest:
    return Guest.objects.create(name=name)


def actor_for(somebody: User | Guest | None, *links: ShareLink) -> Actor:
    """The actor of a browser that is somebody's (nobody's if None) and has exchanged the links."""
    grants = {link.design_id: link.id for link in links}
    if isinstance(somebody, User):
        return Actor(user_id=somebody.id, name=somebody.display_name, link_grants=grants)
    if isinstance(somebody, Guest):
        return Actor(guest_id=somebody.id, name=somebody.name, link_grants=grants)
    return Actor(link_grants=grants)


def make_design(
    owner: User | Guest | None = None,
    kind: str = DesignSession.Kind.INTERVIEW,
    title: str | None = None,
    problem: str | None = "rec-video",
    document: DesignDocument | None = None,
) -> DesignSession:
    actor = actor_for(owner or make_user("Owner"))
    return create_design(actor, kind, problem, title, document=document)


def make_interview(owner: User | Guest | None = None, **setup: Any) -> Interview:
    """An interview in its lobby, on video recommendation unless told."""
    actor = actor_for(owner or make_user("Owner"))
    return create_interview(actor, Setup(**({"problem": "rec-video"} | setup)))


def make_link(design: DesignSession, role: Role = Role.CANDIDATE) -> tuple[ShareLink, str]:
    """The link and its token."""
    return create_link(owner_access(design), design, role)


def make_participant(
    design: DesignSession, role: Role = Role.CANDIDATE, somebody: User | Guest | None = None
) -> Participant:
    """Somebody (a new guest unless told) who came in by a link of the role."""
    link, _ = make_link(design, role)
    somebody = somebody or make_guest(role.value.capitalize())
    actor = actor_for(somebody)
    return join(actor, link, actor.name)


def owner_access(design: DesignSession) -> Access:
    access = access_for(actor_for(owner_of(design)), design)
    assert access is not None
    return access


def owner_of(design: DesignSession) -> User | Guest:
    row = design.participants.get(role=Role.OWNER.value)
    owner = row.user or row.guest
    assert owner is not None
    return owner


def browser_of(somebody: User | Guest | None = None) -> Client:
    """A browser in which somebody is known: signed in, or by the guest cookie."""
    client = Client()
    if isinstance(somebody, User):
        client.force_login(somebody)
    if isinstance(somebody, Guest):
        client.cookies[GUEST_COOKIE] = guest_cookie(somebody)
    return client


def guest_cookie(guest: Guest) -> str:
    return signing.dumps(str(guest.id), salt=GUEST_SALT)
