"""What a guest has made becomes theirs who signs up or in from the same browser."""

import pytest
from django.urls import reverse

from apps.accounts.models import User
from apps.core.permissions import Role
from tests.factories import (
    PASSWORD,
    browser_of,
    make_design,
    make_guest,
    make_participant,
    make_user,
)

pytestmark = pytest.mark.django_db


def test_signing_up_claims_the_boards_of_the_guest() -> None:
    guest = make_guest()
    design = make_design(guest)

    answer = browser_of(guest).post(
        reverse("account_signup"),
        {"name": "Kofi", "email": "kofi@example.org", "password1": PASSWORD, "password2": PASSWORD},
    )

    owner = design.participants.get()
    assert answer.status_code == 302
    assert owner.user == User.objects.get(email="kofi@example.org")
    assert (owner.guest, owner.name) == (None, "Kofi")


def test_signing_in_claims_too_but_once() -> None:
    guest, user = make_guest(), make_user()
    design = make_design(guest)
    credentials = {"login": user.email, "password": PASSWORD}

    browser_of(guest).post(reverse("account_login"), credentials)
    later = make_design(guest)
    browser_of(guest).post(reverse("account_login"), credentials)

    assert design.participants.get().user == user
    assert later.participants.get().guest == guest


def test_claiming_leaves_a_session_alone_where_the_user_is_already() -> None:
    guest, user = make_guest(), make_user()
    design = make_design(user)
    make_participant(design, Role.CANDIDATE, guest)

    browser_of(guest).post(reverse("account_login"), {"login": user.email, "password": PASSWORD})

    assert design.participants.filter(user=user).get().role == Role.OWNER
    assert design.participants.filter(guest=guest).exists()


def test_guest_cookie_of_another_maker_is_nobody() -> None:
    client = browser_of()
    client.cookies["ninestep_guest"] = "forged:value"

    assert client.get("/api/v1/designs").json() == []
