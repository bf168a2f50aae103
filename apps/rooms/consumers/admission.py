"""Whom a socket counts against, and how fast it may talk: `apps.rooms.limits`, filled in."""

import asyncio
from ipaddress import ip_address, ip_network
from typing import Any
from weakref import WeakKeyDictionary

from django.conf import settings

from apps.accounts.actors import Actor
from apps.designs.rules import Access
from apps.rooms.limits import Allowance, Kind, Limits, Ticket
from apps.rooms.room.pace import Pace

_limits: WeakKeyDictionary[asyncio.AbstractEventLoop, Limits] = WeakKeyDictionary()


def current_limits() -> Limits:
    """Those of the running loop; a process that serves has one loop."""
    loop = asyncio.get_running_loop()
    if loop not in _limits:
        _limits[loop] = Limits(
            {kind: Allowance(*settings.SOCKET_LIMITS[kind.value]) for kind in Kind}
        )
    return _limits[loop]


def admit_address(ticket: Ticket, scope: dict[str, Any]) -> None:
    """Before anything else is asked. Raises TooMany."""
    if address := address_of(scope):
        ticket.claim(Kind.ADDRESS, address, _now())


def admit_person(ticket: Ticket, actor: Actor, access: Access) -> None:
    """Raises TooMany."""
    if access.participant_id:
        ticket.claim(Kind.PERSON, str(access.participant_id), _now())
    if link := actor.link_grants.get(access.design_id):
        ticket.claim(Kind.LINK, str(link), _now())


def paces_of(ticket: Ticket) -> tuple[Pace, ...]:
    """All that a message has to pass: the socket's own first."""
    per_second = settings.SOCKET_MESSAGES_PER_SECOND
    own = (Pace(per_second, 2 * per_second),) if per_second else ()
    return own + ticket.paces


def address_of(scope: dict[str, Any]) -> str:
    """The client's as uvicorn found it behind trusted proxies, "" without a network. Of IPv6 the
    first half, for who has one address has all with that half."""
    client = scope.get("client")
    if not client:
        return ""
    try:
        address = ip_address(client[0])
    except ValueError:
        return str(client[0])
    return str(ip_network((address, 64), strict=False)) if address.version == 6 else str(address)


def _now() -> float:
    return asyncio.get_running_loop().time()
