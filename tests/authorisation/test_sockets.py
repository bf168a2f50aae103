"""Every socket × everybody who may ask, and how soon a right that ends closes what is open."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from asgiref.sync import async_to_sync
from channels.db import database_sync_to_async
from django.test import Client
from django.utils import timezone

from apps.core.jobs import worker
from apps.core.permissions import Action, Role
from apps.designs.domain import links, membership
from apps.designs.models import DesignSession, Participant
from apps.interviews.domain import lifecycle
from apps.interviews.domain.privacy.erasure import request_erasure
from apps.interviews.models import Interview
from apps.rooms.hosting.host import current_host
from apps.rooms.hosting.threads import reading, writing
from apps.rooms.routing import SOCKETS as ROUTED
from apps.teams.domain import members
from apps.teams.domain.organisations import Policies, set_policies
from tests.authorisation.askers import ASKERS
from tests.authorisation.table import SOCKETS, may
from tests.factories import browser_of, make_guest, make_interview, make_participant, owner_access
from tests.rooms.sockets import AsgiSocket
from tests.teams.factories import admin_of, give_to, make_member, make_organisation

pytestmark = pytest.mark.django_db(transaction=True)
CLOSED = 4403
WITHIN_S = 2.0
SOON_S = 2.0  # time enough to open a socket before


def test_every_socket_is_in_the_table() -> None:
    assert set(ROUTED) == set(SOCKETS)


@pytest.mark.parametrize("asker", ASKERS)
@pytest.mark.parametrize("name", SOCKETS)
def test_socket_opens_for_whom_the_table_says(name: str, asker: str) -> None:
    interview = _under_way()
    become, role = ASKERS[asker]
    client = become(interview.design)

    assert async_to_sync(_opens)(interview.design, name, client) == may(role, SOCKETS[name])


@pytest.mark.parametrize("role", [Role.CANDIDATE, Role.OBSERVER])
@pytest.mark.parametrize("name", SOCKETS)
def test_nothing_but_news_of_being_let_in_reaches_the_lobby(name: str, role: Role) -> None:
    interview = make_interview()
    guest = make_guest()
    make_participant(interview.design, role, guest)

    opened = async_to_sync(_opens)(interview.design, name, browser_of(guest))

    assert opened == (SOCKETS[name] == Action.VIEW_BRIEF)


@dataclass(frozen=True)
class Held:
    """An interviewer's right on a design, who holds it, and in which browser."""

    design: DesignSession
    person: Participant
    browser: Client


def _as_guest() -> Held:
    design, guest = _under_way().design, make_guest()
    person = make_participant(design, Role.INTERVIEWER, guest)
    return Held(design, person, browser_of(guest))


def _as_member() -> Held:
    design, organisation = _under_way().design, make_organisation()
    give_to(organisation, design)
    user = make_member(organisation).user
    person = make_participant(design, Role.INTERVIEWER, user)
    return Held(design, person, browser_of(user))


def _by_a_link_that_ends_soon() -> Held:
    held = _as_guest()
    held.design.links.update(expires_at=timezone.now() + timedelta(seconds=SOON_S))
    return held


def _leave_the_team(held: Held) -> None:
    organisation = held.design.organisation
    assert organisation is not None
    member = organisation.memberships.get(user=held.person.user)
    members.remove(admin_of(organisation), member.id)


def _ask_for_a_second_factor(held: Held) -> None:
    organisation = held.design.organisation
    assert organisation is not None
    admin = admin_of(organisation)
    Authenticator.objects.create(user=admin.user, type="totp", data={})
    set_policies(admin, Policies(requires_two_factor=True, admins_read_notes=False))


def _revoke_the_link(held: Held) -> None:
    assert held.person.link_id is not None
    links.revoke_link(held.design, held.person.link_id)


ENDS: dict[str, tuple[Callable[[], Held], Callable[[Held], object]]] = {
    "removed": (_as_guest, lambda held: membership.remove(held.design, held.person.id)),
    "link revoked": (_as_guest, _revoke_the_link),
    "link expired": (_by_a_link_that_ends_soon, lambda _: time.sleep(SOON_S)),
    "erased": (
        _as_guest,
        lambda held: worker.run(request_erasure(held.design.interview, None, "Kim").id),
    ),
    "signed out": (_as_member, lambda held: held.browser.logout()),
    "left the team": (_as_member, _leave_the_team),
    "second factor asked for": (_as_member, _ask_for_a_second_factor),
}


@pytest.mark.parametrize("how", ENDS)
@pytest.mark.parametrize("name", SOCKETS)
async def test_socket_closes_when_the_right_ends(name: str, how: str) -> None:
    hold, end = ENDS[how]
    held = await database_sync_to_async(hold)()
    cookies = _cookies(held.browser)
    socket = AsgiSocket(_address(held.design, name), cookies)
    assert await socket.open()

    await database_sync_to_async(end)(held)

    assert await asyncio.wait_for(socket.close_code(), WITHIN_S) == CLOSED
    assert not await AsgiSocket(_address(held.design, name), cookies).open()
    await _let_go()


def _under_way() -> Interview:
    interview = make_interview()
    lifecycle.start(interview, owner_access(interview.design))
    interview.design.refresh_from_db()
    return interview


async def _opens(design: DesignSession, name: str, client: Client) -> bool:
    socket = _socket(design, name, client)
    opened = await socket.open()
    if opened:
        await socket.close()
    await _let_go()
    return opened


async def _let_go() -> None:
    """Of rooms, and of the threads that hold connections to the database."""
    await current_host().drain()
    writing.stop()
    reading.stop()


def _socket(design: DesignSession, name: str, client: Client) -> AsgiSocket:
    return AsgiSocket(_address(design, name), _cookies(client))


def _address(design: DesignSession, name: str) -> str:
    return f"/ws/designs/{design.id}/{name}"


def _cookies(client: Client) -> str:
    return "; ".join(f"{key}={morsel.value}" for key, morsel in client.cookies.items())
