"""Every page of a team × everybody who may ask: its members, who was one, and who never was."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from apps.notifications.domain import webhooks
from apps.teams.domain import invitations, members, pools
from apps.teams.models import Organisation
from apps.teams.rules import MemberRole
from tests.authorisation.cells import seen, undone
from tests.authorisation.table import TEAM_PAGES, OwnPage, member_may
from tests.factories import browser_of, make_guest, make_user
from tests.teams.factories import admin_of, make_member, make_organisation

pytestmark = pytest.mark.django_db


def member(role: MemberRole) -> Callable[[Organisation], Client]:
    return lambda team: browser_of(make_member(team, role).user)


def demoted(team: Organisation) -> Client:
    person = make_member(team, MemberRole.ADMIN)
    members.change_role(admin_of(team), person.id, MemberRole.OBSERVER)
    return browser_of(person.user)


def removed(team: Organisation) -> Client:
    person = make_member(team, MemberRole.ADMIN)
    members.remove(admin_of(team), person.id)
    return browser_of(person.user)


def without_second_factor(team: Organisation) -> Client:
    person = make_member(team, MemberRole.ADMIN)
    team.requires_two_factor = True
    team.save()
    return browser_of(person.user)


# Who asks, and as which of its members the team should see them.
ASKERS: dict[str, tuple[Callable[[Organisation], Client], MemberRole | None]] = {
    "admin": (member(MemberRole.ADMIN), MemberRole.ADMIN),
    "interviewer": (member(MemberRole.INTERVIEWER), MemberRole.INTERVIEWER),
    "observer": (member(MemberRole.OBSERVER), MemberRole.OBSERVER),
    "demoted admin": (demoted, MemberRole.OBSERVER),
    "removed admin": (removed, None),
    "admin without the second factor asked for": (without_second_factor, None),
    "admin of another team": (
        lambda _: browser_of(admin_of(make_organisation(name="Another")).user),
        None,
    ),
    "member of none": (lambda _: browser_of(make_user()), None),
    "guest": (lambda _: browser_of(make_guest()), None),
    "stranger": (lambda _: Client(), None),
}


@pytest.mark.parametrize("asker", ASKERS)
def test_pages_open_for_whom_the_table_says(asker: str, settings: Settings) -> None:
    settings.WEBHOOKS = True
    team = make_organisation()
    become, role = ASKERS[asker]
    client = become(team)

    wrong = []
    for page in TEAM_PAGES:
        with undone():
            address = _address(page, team)
            send = getattr(client, page.method)
            answer = send(address, page.body)
            if member_may(role, page.to):
                if answer.status_code not in {200, 302}:
                    wrong.append(f"{page} is open to them, and answers {answer.status_code}")
                continue
            missing = send(address.replace(str(team.id), str(uuid4())), page.body)
            if answer.status_code != 404 or seen(answer) != seen(missing):
                wrong.append(f"{page} is closed to them, and answers {answer.status_code}")

    assert wrong == []


@pytest.mark.parametrize("page", [page for page in TEAM_PAGES if page.of], ids=str)
def test_admin_reaches_nothing_of_another_team_through_their_own(
    page: OwnPage, settings: Settings
) -> None:
    settings.WEBHOOKS = True
    theirs, mine = make_organisation(), make_organisation(name="Mine")
    address = _address(page, theirs).replace(str(theirs.id), str(mine.id))

    answer = getattr(browser_of(admin_of(mine).user), page.method)(address, page.body)

    assert answer.status_code == 404


def _address(page: OwnPage, team: Organisation) -> str:
    admin = admin_of(team)
    more: dict[str, Callable[[], list[object]]] = {
        "": list,
        "invitation": lambda: [
            invitations.invite(admin, "asked@example.org", MemberRole.OBSERVER)[0].id
        ],
        "member": lambda: [make_member(team).id],
        "pool": lambda: [pools.create_pool(admin, "Drawn from").id],
        "webhook": lambda: [webhooks.add(admin, "https://hooks.example.com/in")[0].id],
    }
    return reverse(page.name, args=[team.id, *more[page.of]()])
