"""Sockets of an organisation's administrators close when the right ends, within two seconds."""

import asyncio
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_removed
from channels.db import database_sync_to_async
from django.test import Client

from apps.accounts.models import User
from apps.designs.models import DesignSession
from apps.teams.domain import members
from apps.teams.domain.organisations import Policies, set_policies
from apps.teams.models import Membership
from apps.teams.rules import MemberRole
from tests.factories import browser_of
from tests.rooms.sockets import AsgiSocket
from tests.teams.factories import admin_of, give_to, make_member, make_organisation

pytestmark = pytest.mark.django_db(transaction=True)

CLOSED = 4403
WITHIN_S = 2


def remove(by: Membership, member: Membership) -> None:
    members.remove(by, member.id)


def demote(by: Membership, member: Membership) -> None:
    members.change_role(by, member.id, MemberRole.INTERVIEWER)


def ask_for_a_second_factor(by: Membership, _member: Membership) -> None:
    Authenticator.objects.create(user=by.user, type="totp", data={})
    set_policies(by, Policies(requires_two_factor=True, admins_read_notes=False))


@pytest.mark.parametrize("end", [remove, demote, ask_for_a_second_factor])
@pytest.mark.parametrize("name", ["board", "events"])
async def test_socket_closes(name: str, end: Callable[[Membership, Membership], None]) -> None:
    by, member, design = await database_sync_to_async(_team)()
    socket = await _opened(design, name, member.user)

    await database_sync_to_async(end)(by, member)

    assert await asyncio.wait_for(socket.close_code(), WITHIN_S) == CLOSED


async def test_private_notes_close_with_the_policy_that_opened_them() -> None:
    by, member, design = await database_sync_to_async(_team)()
    await database_sync_to_async(set_policies)(by, Policies(False, admins_read_notes=True))
    socket = await _opened(design, "private", member.user)

    await database_sync_to_async(set_policies)(by, Policies(False, admins_read_notes=False))

    assert await asyncio.wait_for(socket.close_code(), WITHIN_S) == CLOSED


async def test_socket_closes_when_the_second_factor_is_given_up() -> None:
    by, member, design = await database_sync_to_async(_team)()
    factor = await database_sync_to_async(_require_factors)(by, member)
    socket = await _opened(design, "board", member.user)

    await database_sync_to_async(_give_up)(factor)

    assert await asyncio.wait_for(socket.close_code(), WITHIN_S) == CLOSED


def _team() -> tuple[Membership, Membership, DesignSession]:
    organisation = make_organisation()
    design = give_to(organisation)
    return admin_of(organisation), make_member(organisation, MemberRole.ADMIN), design


def _require_factors(by: Membership, member: Membership) -> Authenticator:
    for one in (by, member):
        factor = Authenticator.objects.create(user=one.user, type="totp", data={})
    set_policies(by, Policies(requires_two_factor=True, admins_read_notes=False))
    return factor


def _give_up(factor: Authenticator) -> None:
    factor.delete()
    authenticator_removed.send(
        sender=Authenticator, request=None, user=factor.user, authenticator=factor
    )


async def _opened(design: DesignSession, name: str, user: User) -> AsgiSocket:
    client: Client = await database_sync_to_async(browser_of)(user)
    cookies = "; ".join(f"{key}={morsel.value}" for key, morsel in client.cookies.items())
    socket = AsgiSocket(f"/ws/designs/{design.id}/{name}", cookies)
    assert await socket.open()
    return socket
