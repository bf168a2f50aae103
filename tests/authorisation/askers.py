"""Everybody who may ask for something of a design session, each in a browser of their own."""

from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.core.permissions import Role
from apps.designs.domain import links, membership
from apps.designs.models import DesignSession
from apps.teams.domain import members
from apps.teams.rules import MemberRole
from tests.factories import (
    browser_of,
    make_design,
    make_guest,
    make_link,
    make_participant,
    make_user,
    owner_of,
)
from tests.teams.factories import admin_of, give_to, make_member, make_organisation


def owner(design: DesignSession) -> Client:
    return browser_of(owner_of(design))


def participant(role: Role) -> Callable[[DesignSession], Client]:
    def ask(design: DesignSession) -> Client:
        guest = make_guest()
        make_participant(design, role, guest)
        return browser_of(guest)

    return ask


def holder(role: Role) -> Callable[[DesignSession], Client]:
    """Has opened a link of the role, and has not joined."""

    def ask(design: DesignSession) -> Client:
        client, (_, token) = Client(), make_link(design, role)
        client.get(reverse("open_link", args=[token]))
        return client

    return ask


def admin_of_its_organisation(design: DesignSession) -> Client:
    organisation = make_organisation()
    give_to(organisation, design)
    return browser_of(admin_of(organisation).user)


def admin_who_was_its_candidate(design: DesignSession) -> Client:
    """Had come as a guest, whom they claimed; the account has an interviewer's place as well."""
    hired, guest = make_user(), make_guest()
    organisation = make_organisation(hired)
    give_to(organisation, design)
    make_participant(design, Role.CANDIDATE, guest)
    make_participant(design, Role.INTERVIEWER, hired)
    membership.claim(guest.id, hired)
    return browser_of(hired)


def admin_of_another_organisation(design: DesignSession) -> Client:
    give_to(make_organisation(), design)
    return browser_of(admin_of(make_organisation(name="Another")).user)


def former_admin(design: DesignSession) -> Client:
    organisation = make_organisation()
    member = make_member(organisation, MemberRole.ADMIN)
    give_to(organisation, design)
    members.remove(admin_of(organisation), member.id)
    return browser_of(member.user)


def revoked(design: DesignSession) -> Client:
    guest = make_guest()
    link = make_participant(design, Role.INTERVIEWER, guest).link
    assert link is not None
    links.revoke_link(design, link.id)
    return browser_of(guest)


def expired(design: DesignSession) -> Client:
    guest = make_guest()
    make_participant(design, Role.INTERVIEWER, guest)
    design.links.update(expires_at=timezone.now() - timedelta(seconds=1))
    return browser_of(guest)


def removed(design: DesignSession) -> Client:
    guest = make_guest()
    membership.remove(design, make_participant(design, Role.INTERVIEWER, guest).id)
    return browser_of(guest)


def interviewer_of_another_session(_design: DesignSession) -> Client:
    user = make_user()
    make_participant(make_design(), Role.INTERVIEWER, user)
    return browser_of(user)


def stranger(_design: DesignSession) -> Client:
    return Client()


# Who asks, and as which role the policy should see them.
ASKERS: dict[str, tuple[Callable[[DesignSession], Client], Role | None]] = {
    "owner": (owner, Role.OWNER),
    "interviewer": (participant(Role.INTERVIEWER), Role.INTERVIEWER),
    "candidate": (participant(Role.CANDIDATE), Role.CANDIDATE),
    "observer": (participant(Role.OBSERVER), Role.OBSERVER),
    "holder of a read-only link": (holder(Role.OBSERVER), Role.OBSERVER),
    "holder of a candidate link": (holder(Role.CANDIDATE), None),
    "holder of an interviewer link": (holder(Role.INTERVIEWER), None),
    "admin of its organisation": (admin_of_its_organisation, Role.ADMIN),
    "admin who was its candidate": (admin_who_was_its_candidate, None),
    "admin of another organisation": (admin_of_another_organisation, None),
    "former admin": (former_admin, None),
    "revoked interviewer": (revoked, None),
    "expired interviewer": (expired, None),
    "removed interviewer": (removed, None),
    "interviewer of another session": (interviewer_of_another_session, None),
    "stranger": (stranger, None),
}
