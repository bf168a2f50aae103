"""The pages of teams: everybody's own, by role; letters that invite; what an administrator sets."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from apps.audit.models import AuditEntry
from apps.teams.domain.invitations import open_invitations
from apps.teams.domain.organisations import Policies, set_policies
from apps.teams.domain.pools import create_pool
from apps.teams.models import Organisation
from apps.teams.rules import RULES, MemberRole, TeamAction
from apps.web.teams.urls import urlpatterns
from tests.factories import PASSWORD, browser_of, make_guest, make_user
from tests.teams.factories import admin_of, give_to, make_member, make_organisation

pytestmark = pytest.mark.django_db

SEE, MANAGE = TeamAction.SEE, TeamAction.MANAGE
# Every address of a team, with the action that it is; and those that concern no team yet.
PAGES = {
    "team": SEE,
    "leave_team": SEE,
    "rename_team": MANAGE,
    "team_policies": MANAGE,
    "invite_member": MANAGE,
    "revoke_invitation": MANAGE,
    "member_role": MANAGE,
    "remove_member": MANAGE,
    "create_pool": MANAGE,
    "set_pool": MANAGE,
    "delete_pool": MANAGE,
}
OTHERS = {"teams", "join_team", "open_invitation"}
# Those have a test of their own.
WEBHOOKS = {f"{name}_webhook" for name in ("rotate", "enable", "remove", "test")} | {
    "team_webhooks"
}
FORM = {"name": "New", "email": "new@example.org", "role": "observer"}


@pytest.fixture
def organisation() -> Organisation:
    return make_organisation()


@pytest.fixture
def admin(organisation: Organisation) -> Client:
    return browser_of(admin_of(organisation).user)


def text_of(page: HttpResponseBase) -> str:
    content: bytes = page.content  # type: ignore[attr-defined]
    return content.decode()


def address_in_the_letter() -> str:
    found = re.search(r"http://testserver(/\S+)", str(mail.outbox[-1].body))
    assert found is not None
    return found.group(1)


# Who gets in ------------------------------------------------------------------------------


def member(role: MemberRole) -> Callable[[Organisation], Client]:
    return lambda organisation: browser_of(make_member(organisation, role).user)


def outsider(_organisation: Organisation) -> Client:
    return browser_of(admin_of(make_organisation(name="Another")).user)


ASKERS: dict[str, tuple[Callable[[Organisation], Client], MemberRole | None]] = {
    "admin": (member(MemberRole.ADMIN), MemberRole.ADMIN),
    "interviewer": (member(MemberRole.INTERVIEWER), MemberRole.INTERVIEWER),
    "observer": (member(MemberRole.OBSERVER), MemberRole.OBSERVER),
    "admin of another": (outsider, None),
    "account": (lambda _: browser_of(make_user()), None),
    "guest": (lambda _: browser_of(make_guest()), None),
    "stranger": (lambda _: Client(), None),
}


def test_every_page_is_in_the_table() -> None:
    assert {str(pattern.name) for pattern in urlpatterns} == PAGES.keys() | OTHERS | WEBHOOKS


@pytest.mark.parametrize("asker", ASKERS)
@pytest.mark.parametrize("name", PAGES)
def test_table_of_roles_holds(organisation: Organisation, name: str, asker: str) -> None:
    become, role = ASKERS[asker]
    client, address = become(organisation), address_of(name, organisation)

    answer = ask(client, name, address)

    if role is not None and role in RULES[PAGES[name]]:
        assert answer.status_code in {200, 302}
    else:
        own, other = str(organisation.id), str(uuid4())
        missing = ask(client, name, address.replace(own, other))
        assert answer.status_code == 404
        assert text_of(answer) == text_of(missing).replace(other, own)


def address_of(name: str, organisation: Organisation) -> str:
    args = [organisation.id]
    if name == "revoke_invitation":
        ask(browser_of(admin_of(organisation).user), "", f"/teams/{organisation.id}/invitations")
        args.append(open_invitations(organisation).get().id)
    if name in {"member_role", "remove_member"}:
        args.append(make_member(organisation).id)
    if name in {"set_pool", "delete_pool"}:
        args.append(create_pool(admin_of(organisation), "Ranking").id)
    return reverse(name, args=args)


def ask(client: Client, name: str, address: str) -> HttpResponseBase:
    return client.get(address) if name == "team" else client.post(address, FORM)


def test_teams_ask_strangers_to_sign_in() -> None:
    assert Client().get("/teams").headers["Location"] == "/accounts/login/?next=/teams"


# A life in a team -------------------------------------------------------------------------


def test_creating_a_team_makes_its_administrator() -> None:
    user = make_user()

    page = browser_of(user).post("/teams", {"name": "Meridian Labs"}, follow=True)

    assert "You are an administrator here" in text_of(page)
    assert "Meridian Labs" in text_of(browser_of(user).get("/teams"))
    assert AuditEntry.objects.filter(kind="team.created").count() == 1


def test_letter_leads_a_new_person_into_the_team(organisation: Organisation, admin: Client) -> None:
    admin.post(f"/teams/{organisation.id}/invitations", FORM | {"role": "interviewer"})
    letter, client = mail.outbox[-1], Client()

    client.get(address_in_the_letter())
    form = {"name": "Kofi", "email": "new@example.org", "password1": PASSWORD}
    client.post(reverse("account_signup"), form | {"password2": PASSWORD})
    asked = client.get("/teams/join")
    done = client.post("/teams/join", follow=True)

    assert (letter.to, letter.subject) == (["new@example.org"], "Join Meridian Labs on Ninestep")
    assert "Join Meridian Labs" in text_of(asked)
    assert "You are an interviewer here" in text_of(done)


def test_secret_of_an_invitation_leaves_the_address_at_once(
    organisation: Organisation, admin: Client
) -> None:
    admin.post(f"/teams/{organisation.id}/invitations", FORM)

    answer = Client().get(address_in_the_letter())

    assert answer.headers["Location"] == "/teams/join"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_invitation_of_another_address_says_so_and_takes_nobody_in(
    organisation: Organisation, admin: Client
) -> None:
    admin.post(f"/teams/{organisation.id}/invitations", FORM)
    other = make_user()
    client = browser_of(other)

    client.get(address_in_the_letter())
    page = client.post("/teams/join")

    assert "went to another address" in text_of(page)
    assert not organisation.memberships.filter(user=other).exists()


def test_guessed_invitation_gets_the_page_of_a_dead_link() -> None:
    cache.clear()
    client = Client()

    pages = [client.get(f"/teams/join/guess-{n}") for n in range(25)]

    assert {page.status_code for page in pages} == {404}
    assert "This link does not open anything" in text_of(pages[-1])
    cache.clear()


def test_wrong_address_keeps_the_form_with_a_reason(
    organisation: Organisation, admin: Client
) -> None:
    page = admin.post(f"/teams/{organisation.id}/invitations", FORM | {"email": "no"})

    assert page.status_code == 400
    assert 'aria-describedby="invite_error"' in text_of(page)
    assert mail.outbox == []


def test_last_administrator_is_told_why_they_cannot_leave(
    organisation: Organisation, admin: Client
) -> None:
    page = admin.post(f"/teams/{organisation.id}/leave")

    assert page.status_code == 409
    assert "A team needs an administrator" in text_of(page)


def test_observer_sees_the_team_without_what_only_administrators_do(
    organisation: Organisation,
) -> None:
    page = text_of(member(MemberRole.OBSERVER)(organisation).get(f"/teams/{organisation.id}"))

    assert "Members" in page
    for form in ("Invitations", "Policies", "Remove", "Save the role", "Make it"):
        assert form not in page


def test_pool_is_filled_on_the_page(organisation: Organisation, admin: Client) -> None:
    interviewer = make_member(organisation)
    pool = create_pool(admin_of(organisation), "Ranking")

    admin.post(f"/teams/{organisation.id}/pools/{pool.id}", {"members": [str(interviewer.id)]})

    assert pool.members.get() == interviewer
    assert (
        admin.post(f"/teams/{organisation.id}/pools/{pool.id}", {"members": ["x"]}).status_code
        == 400
    )


# The second factor ------------------------------------------------------------------------


def test_factor_is_asked_of_others_by_who_has_one(
    organisation: Organisation, admin: Client
) -> None:
    form = {"requires_two_factor": "on"}
    refused = admin.post(f"/teams/{organisation.id}/policies", form)
    Authenticator.objects.create(user=admin_of(organisation).user, type="totp", data={})
    admin.post(f"/teams/{organisation.id}/policies", form)

    organisation.refresh_from_db()
    assert refused.status_code == 409
    assert organisation.requires_two_factor


def test_member_without_the_factor_is_sent_to_set_one_up(organisation: Organisation) -> None:
    someone, boss = make_member(organisation), admin_of(organisation)
    Authenticator.objects.create(user=boss.user, type="totp", data={})
    set_policies(boss, Policies(requires_two_factor=True, admins_read_notes=False))
    design, client = give_to(organisation), browser_of(someone.user)

    pages = [client.get(f"/teams/{organisation.id}"), client.get(f"/designs/{design.id}/")]

    for page in pages:
        assert page.status_code == 404
        assert "Set up a second factor" in text_of(page)
