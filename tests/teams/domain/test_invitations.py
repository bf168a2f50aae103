"""Invitations: for one address, once, for a week; the secret is nowhere but in the letter."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from apps.accounts.models import User
from apps.core.errors import Conflict, NotFound
from apps.teams.domain import members
from apps.teams.domain.invitations import (
    DeadInvitation,
    accept,
    invite,
    open_invitations,
    revoke,
)
from apps.teams.models import Membership, Organisation
from apps.teams.rules import MemberRole
from tests.factories import make_user
from tests.teams.factories import admin_of, make_member, make_organisation

pytestmark = pytest.mark.django_db

ADDRESS = "kofi@example.org"


@pytest.fixture
def organisation() -> Organisation:
    return make_organisation()


@pytest.fixture
def token(organisation: Organisation) -> str:
    return invite(admin_of(organisation), ADDRESS, MemberRole.INTERVIEWER)[1]


@pytest.fixture
def kofi() -> User:
    return make_user("Kofi", ADDRESS)


def test_who_owns_the_address_becomes_a_member_with_the_role(
    organisation: Organisation, token: str, kofi: User
) -> None:
    membership = accept(token, kofi)

    assert (membership.organisation, membership.role) == (organisation, MemberRole.INTERVIEWER)


def test_second_address_counts_once_it_is_confirmed(token: str) -> None:
    other = make_user("Kofi at home")
    address = EmailAddress.objects.create(user=other, email=ADDRESS.upper(), verified=False)

    with pytest.raises(DeadInvitation):
        accept(token, other)
    address.verified = True
    address.save()

    assert accept(token, other).user == other


def test_invitation_is_for_its_address_alone(token: str, kofi: User) -> None:
    with pytest.raises(DeadInvitation):
        accept(token, make_user("Somebody else"))

    assert accept(token, kofi).user == kofi


def test_invitation_opens_once(token: str, kofi: User) -> None:
    accept(token, kofi)

    with pytest.raises(DeadInvitation):
        accept(token, kofi)


def test_revoked_and_old_invitations_open_nothing(
    organisation: Organisation, token: str, kofi: User
) -> None:
    admin = admin_of(organisation)
    revoke(admin, open_invitations(organisation).get().id)
    _, second = invite(admin, ADDRESS, MemberRole.ADMIN)
    open_invitations(organisation).update(expires_at=timezone.now() - timedelta(seconds=1))

    for dead in (token, second, "never-was"):
        with pytest.raises(DeadInvitation):
            accept(dead, kofi)
    assert not Membership.objects.filter(user=kofi).exists()


def test_invitation_of_another_organisation_cannot_be_revoked(
    organisation: Organisation, token: str, kofi: User
) -> None:
    stranger = admin_of(make_organisation(name="Another"))

    with pytest.raises(NotFound):
        revoke(stranger, open_invitations(organisation).get().id)

    assert accept(token, kofi)


def test_new_invitation_to_an_address_ends_the_earlier_one(
    organisation: Organisation, token: str, kofi: User
) -> None:
    _, later = invite(admin_of(organisation), ADDRESS.upper(), MemberRole.OBSERVER)

    with pytest.raises(DeadInvitation):
        accept(token, kofi)
    assert accept(later, kofi).role == MemberRole.OBSERVER


def test_member_is_not_invited_again(organisation: Organisation) -> None:
    member = make_member(organisation)

    with pytest.raises(Conflict, match="in the team already"):
        invite(admin_of(organisation), member.user.email, MemberRole.ADMIN)


def test_old_letter_does_not_change_the_role_of_a_member(
    organisation: Organisation, kofi: User
) -> None:
    EmailAddress.objects.create(user=kofi, email="kofi@home.example.org", verified=True)
    admin = admin_of(organisation)
    _, first = invite(admin, "kofi@home.example.org", MemberRole.ADMIN)
    _, second = invite(admin, ADDRESS, MemberRole.OBSERVER)
    accept(second, kofi)

    assert accept(first, kofi).role == MemberRole.OBSERVER


def test_who_left_comes_back_by_a_new_invitation(organisation: Organisation, kofi: User) -> None:
    admin = admin_of(organisation)
    member = make_member(organisation, MemberRole.ADMIN, kofi)
    members.remove(admin, member.id)

    _, token = invite(admin, ADDRESS, MemberRole.OBSERVER)
    back = accept(token, kofi)

    assert (back.id, back.role, back.ended_at) == (member.id, MemberRole.OBSERVER, None)


def test_token_is_stored_as_a_hash_alone(organisation: Organisation, token: str) -> None:
    row = open_invitations(organisation).values().get()

    assert token not in str(row)
