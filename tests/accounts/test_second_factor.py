"""The second factor: set up, asked for, replaced by a recovery code, given up."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.core.cache import cache
from django.test import Client

from apps.accounts.models import User
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    cache.clear()  # a code counts once, and tries are limited
    return make_user()


@pytest.fixture
def client(user: User) -> Client:
    """Signed in, and has typed the password again, as changes of the account ask."""
    client = sign_in(Client(), user)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def sign_in(client: Client, user: User) -> Client:
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    return client


def code_of(secret: str) -> str:
    counter = next(auth.yield_hotp_counters_from_time())
    return str(auth.format_hotp_value(auth.hotp_value(secret, counter)))


def set_up(client: Client) -> None:
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    found = re.search(r'id="authenticator_secret"[^>]*value="(\w+)"', page)
    assert found is not None
    client.post("/accounts/2fa/totp/activate/", {"code": code_of(found.group(1))})


def test_app_is_set_up_with_the_code_that_it_shows(client: Client, user: User) -> None:
    set_up(client)

    types = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    assert types == {Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES}


def test_changes_ask_for_the_password_again(user: User) -> None:
    client = sign_in(Client(), user)

    answer = client.get("/accounts/2fa/totp/activate/")

    assert answer.headers["Location"].startswith("/accounts/reauthenticate/")


def test_wrong_code_sets_nothing_up(client: Client) -> None:
    page = client.post("/accounts/2fa/totp/activate/", {"code": "000000"})

    assert b"hint--bad" in page.content
    assert not Authenticator.objects.exists()


def test_password_alone_signs_in_no_more(client: Client, user: User) -> None:
    set_up(client)
    later = sign_in(Client(), user)

    page = later.get("/accounts/2fa/authenticate/")

    assert not later.get("/").context["user"].is_authenticated
    assert b"Use a passkey or security key" in page.content


def test_recovery_code_lets_in_once(client: Client, user: User) -> None:
    set_up(client)
    code = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    first, second = sign_in(Client(), user), sign_in(Client(), user)

    first.post("/accounts/2fa/authenticate/", {"code": code})
    second.post("/accounts/2fa/authenticate/", {"code": code})

    assert first.get("/").context["user"] == user
    assert not second.get("/").context["user"].is_authenticated


@pytest.mark.parametrize(
    "name",
    [
        "",
        "totp/deactivate/",
        "recovery-codes/",
        "recovery-codes/generate/",
        "webauthn/",
        "webauthn/add/",
        "reauthenticate/",
    ],
)
def test_pages_are_ours(client: Client, name: str) -> None:
    set_up(client)

    answer = client.get(f"/accounts/2fa/{name}")

    assert answer.status_code == 200
    assert b'class="door door--narrow"' in answer.content


def test_login_page_offers_passkeys() -> None:
    page = Client().get("/accounts/login/").content

    assert b'id="passkey_login"' in page
    assert b"mfa/js/webauthn.js" in page
