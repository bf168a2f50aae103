"""The account pages, each walked through in our look, letters included."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from tests.factories import PASSWORD, browser_of, make_user

pytestmark = pytest.mark.django_db

NEW_PASSWORD = "another-horse-entirely"


def link_in_the_letter() -> str:
    found = re.search(r"http://testserver(/\S+)", str(mail.outbox[-1].body))
    assert found is not None
    return found.group(1)


@pytest.mark.parametrize(
    "name", ["login", "signup", "reset_password", "reset_password_done", "email_verification_sent"]
)
def test_pages_for_everybody_are_ours(name: str) -> None:
    page = Client().get(reverse(f"account_{name}"))

    assert page.status_code == 200
    assert b'class="door door--narrow"' in page.content


@pytest.mark.parametrize("name", ["email", "change_password", "logout", "reauthenticate"])
def test_pages_of_an_account_are_ours(name: str) -> None:
    page = browser_of(make_user()).get(reverse(f"account_{name}"))

    assert page.status_code == 200
    assert b'class="door door--narrow"' in page.content


def test_signing_up_sends_a_letter_whose_link_confirms_the_address() -> None:
    client = Client()
    form = {"name": "Ama", "email": "ama@example.org", "password1": PASSWORD}
    client.post(reverse("account_signup"), form | {"password2": PASSWORD})

    page = client.get(link_in_the_letter())
    client.post(link_in_the_letter())

    user = User.objects.get()
    assert b"ama@example.org" in page.content
    assert b"the account of Ama?" in page.content
    assert EmailAddress.objects.get(user=user).verified


def test_forgotten_password_is_set_anew_by_the_letter() -> None:
    user, client = make_user(), Client()
    client.post(reverse("account_reset_password"), {"email": user.email})

    form = client.get(link_in_the_letter(), follow=True)
    done = client.post(
        form.redirect_chain[-1][0], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    )

    user.refresh_from_db()
    assert done.status_code == 302
    assert user.check_password(NEW_PASSWORD)


def test_used_reset_link_says_so() -> None:
    page = Client().get(reverse("account_reset_password_from_key", args=["1", "x-y"]))

    assert b"does not work any more" in page.content


def test_unknown_address_is_not_told_apart_when_resetting() -> None:
    known, unknown = make_user().email, "nobody@example.org"

    answers = [
        Client().post(reverse("account_reset_password"), {"email": email}, follow=True).content
        for email in (known, unknown)
    ]

    assert answers[0] == answers[1]


def test_wrong_password_keeps_the_form_with_a_reason() -> None:
    user = make_user()

    page = Client().post(reverse("account_login"), {"login": user.email, "password": "no"})

    assert page.status_code == 200
    assert b"hint--bad" in page.content


def test_password_is_changed_with_the_old_one() -> None:
    user = make_user()
    form = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}

    browser_of(user).post(reverse("account_change_password"), form)

    user.refresh_from_db()
    assert user.check_password(NEW_PASSWORD)


def test_signing_out_needs_a_click_and_leaves_the_list() -> None:
    client = browser_of(make_user())

    client.get(reverse("account_logout"))
    still = client.get("/").context["user"].is_authenticated
    client.post(reverse("account_logout"))

    assert still
    assert not client.get("/").context["user"].is_authenticated


def test_too_many_wrong_passwords_get_a_page_that_says_to_wait() -> None:
    cache.clear()
    user, client = make_user(), Client()
    form = {"login": user.email, "password": "no"}

    answers = [client.post(reverse("account_login"), form) for _ in range(12)]

    assert any(answer.status_code == 429 or b"hint--bad" in answer.content for answer in answers)
    assert b"Too many" in answers[-1].content
    cache.clear()
