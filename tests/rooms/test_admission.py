"""Whom a socket counts against."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest
from pytest_django import Settings

from apps.accounts.actors import Actor
from apps.core.permissions import Role
from apps.designs.rules import Access
from apps.rooms.consumers.admission import (
    address_of,
    admit_address,
    admit_person,
    current_limits,
    paces_of,
)
from apps.rooms.limits import Ticket, TooMany


@pytest.mark.parametrize(
    ("client", "address"),
    [
        (["192.0.2.7", 4711], "192.0.2.7"),
        (["2001:db8:1:2:3:4:5:6", 4711], "2001:db8:1:2::/64"),
        (["/run/ninestep.sock", 0], "/run/ninestep.sock"),
        (None, ""),
    ],
)
def test_an_address_is_the_clients_or_its_network(client: list[Any] | None, address: str) -> None:
    assert address_of({"client": client}) == address


async def test_an_office_behind_one_address_and_a_crowd_on_one_link_come_in() -> None:
    """The defaults: a hundred people with three sockets each, who all come back ten times."""
    design_id, link_id = uuid4(), uuid4()
    actor = Actor(guest_id=uuid4(), link_grants={design_id: link_id})
    people = [
        Access(design_id, Role.CANDIDATE, "Ann", 1, participant_id=uuid4()) for _ in range(100)
    ]

    for _ in range(10):
        tickets = [Ticket(current_limits()) for _ in range(300)]
        for number, ticket in enumerate(tickets):
            admit_address(ticket, {"client": ["192.0.2.7", 1]})
            admit_person(ticket, actor, people[number % 100])
        for ticket in tickets:
            ticket.give_back()


async def test_a_person_with_too_many_sockets_is_kept_out(settings: Settings) -> None:
    settings.SOCKET_LIMITS = {"person": (1, 0, 0), "link": (0, 0, 0), "address": (0, 0, 0)}
    access = Access(uuid4(), Role.CANDIDATE, "Ann", 1, participant_id=uuid4())
    admit_person(Ticket(current_limits()), Actor(), access)

    with pytest.raises(TooMany):
        admit_person(Ticket(current_limits()), Actor(), access)


async def test_a_message_passes_its_socket_its_person_and_its_link() -> None:
    design_id = uuid4()
    actor = Actor(link_grants={design_id: uuid4()})
    access = Access(design_id, Role.CANDIDATE, "Ann", 1, participant_id=uuid4())
    mine, sibling = Ticket(current_limits()), Ticket(current_limits())
    for ticket in (mine, sibling):
        admit_address(ticket, {"client": ["192.0.2.7", 1]})
        admit_person(ticket, actor, access)

    (own, *shared), (other, *same) = paces_of(mine), paces_of(sibling)

    assert own is not other
    assert shared == same
    assert len(shared) == 2


async def test_load_tests_may_do_without_limits(settings: Settings) -> None:
    settings.SOCKET_MESSAGES_PER_SECOND = 0

    assert paces_of(Ticket(current_limits())) == ()


def test_every_loop_counts_for_itself() -> None:
    async def limits() -> object:
        return current_limits()

    assert asyncio.run(limits()) is not asyncio.run(limits())
