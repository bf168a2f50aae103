"""The demo: its owner, the one-click address that makes a browser theirs, and their sessions.

The address exists only where NINESTEP_DEMO is set: whoever reads the server's output may then be
the demo owner.
"""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.core import signing
from django.urls import reverse

from apps.accounts.actors import Actor
from apps.accounts.domain.guests import as_guest
from apps.accounts.models import User
from apps.core.errors import NotFound
from apps.core.permissions import Action, Role
from apps.designs.document.types import DesignDocument
from apps.designs.document.validation import parse_text
from apps.designs.domain import lifecycle
from apps.designs.domain.access import access_for
from apps.designs.domain.creation import create_design
from apps.designs.domain.links import create_link
from apps.designs.domain.membership import join
from apps.designs.domain.queries.designs import designs_of
from apps.designs.models import DesignSession
from apps.designs.rules import check
from apps.interviews.models import Interview
from apps.notifications.domain.reminders import silence
from apps.rooms.domain.reading import current_document
from apps.scoring.domain.runs import request_run
from apps.web.demo_interviews import hold_interviews

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
    owner, is_new = User.objects.get_or_create(
        email=EMAIL, defaults={"name": NAME, "is_staff": True}
    )
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


def load_demo() -> int:
    """Gives the demo owner their sessions, if they have none. Says how many it made."""
    actor = Actor(user_id=demo_owner().id, name=NAME)
    if designs_of(actor).exists():
        return 0
    _practise(actor)
    _finish_an_interview(actor)
    _hold_an_interview(actor)
    others = (_colleague("Anneke de Vries"), _colleague("Kofi Mensah"))
    held = hold_interviews(actor, others)
    silence(Interview.objects.filter(design__in=designs_of(actor)))
    return 3 + held


def _colleague(name: str) -> User:
    """An interviewer of the demo; nobody can sign in as them."""
    email = f"{name.split()[0].lower()}@ninestep.local"
    user, is_new = User.objects.get_or_create(email=email, defaults={"name": name})
    if is_new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user


@cache
def read_design(name: str) -> DesignDocument:
    """One of the worked designs that ship with the product."""
    return parse_text((DESIGNS / f"{name}.json").read_bytes())


def _practise(owner: Actor) -> None:
    create_design(owner, DesignSession.Kind.PRACTICE, document=read_design("feed-practice"))


def _finish_an_interview(owner: Actor) -> None:
    # Here, because pages import this module and a server does not open documents itself.
    from apps.web.recording import record, without_content

    whole = read_design("semantic-search")
    design = _interview(owner, without_content(whole), "Jonas Lindholm", "Kofi Mensah")
    by_role = {one.role: one.id for one in design.participants.all()}
    record(
        design, whole, [by_role[role] for role in (Role.CANDIDATE, Role.INTERVIEWER, Role.OWNER)]
    )
    document, seq = current_document(design)
    request_run(design, document, seq, access_for(owner, design))
    lifecycle.end(design)


def _hold_an_interview(owner: Actor) -> None:
    _interview(owner, read_design(WORKED), "Priya Raghunathan", "Anneke de Vries")


def _interview(
    owner: Actor, document: DesignDocument, candidate: str, interviewer: str
) -> DesignSession:
    design = create_design(owner, DesignSession.Kind.INTERVIEW, document=document)
    access = check(access_for(owner, design), Action.MANAGE_LINKS)
    for role, person in ((Role.CANDIDATE, candidate), (Role.INTERVIEWER, interviewer)):
        link, _token = create_link(access, design, role)
        join(as_guest(Actor(), person), link, person)
    return design
