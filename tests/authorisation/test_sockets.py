"""Every socket × everybody who may ask, and how soon a right that ends closes what is open."""

from collections.abc import Callable

import pytest
from asgiref.sync import async_to_sync
from channels.db import database_sync_to_async
from django.test import Client

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
from tests.authorisation.askers import ASKERS
from tests.authorisation.table import SOCKETS, may
from tests.factories import browser_of, make_guest, make_interview, make_participant, owner_access
from tests.rooms.sockets import AsgiSocket

pytestmark = pytest.mark.django_db(transaction=True)
CLOSED = 4403


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


REMOVALS: dict[str, Callable[[DesignSession, Participant], object]] = {
    "removed": lambda design, person: membership.remove(design, person.id),
    "link revoked": lambda design, person: links.revoke_link(design, person.link_id),  # type: ignore[arg-type]
    "erased": lambda design, _: worker.run(request_erasure(design.interview, None, "Kim").id),
}


@pytest.mark.parametrize("how", REMOVALS)
@pytest.mark.parametrize("name", SOCKETS)
async def test_socket_closes_when_the_right_ends(name: str, how: str) -> None:
    interview = await database_sync_to_async(_under_way)()
    guest = await database_sync_to_async(make_guest)()
    person = await database_sync_to_async(make_participant)(
        interview.design, Role.INTERVIEWER, guest
    )
    socket = _socket(interview.design, name, browser_of(guest))
    assert await socket.open()

    await database_sync_to_async(REMOVALS[how])(interview.design, person)

    assert await socket.close_code() == CLOSED
    again = _socket(interview.design, name, browser_of(guest))
    assert not await again.open()
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
    cookies = "; ".join(f"{key}={morsel.value}" for key, morsel in client.cookies.items())
    return AsgiSocket(f"/ws/designs/{design.id}/{name}", cookies)
