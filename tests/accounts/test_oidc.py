"""Sign-in by OpenID Connect, with a provider that runs in the test."""

import html
import re
from collections.abc import Iterator
from email.message import Message
from typing import IO
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponseBase
from django.test import Client
from pytest_django import Settings

from apps.accounts.models import User
from apps.config import env
from tests.accounts.oidc import CLIENT_ID, SECRET, Provider, running_provider
from tests.factories import browser_of, make_user

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/oidc/acme/login/"
KOFI = {"sub": "k-1", "email": "kofi@example.org", "email_verified": True, "name": "Kofi Mensah"}


@pytest.fixture
def provider(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    with running_provider() as provider:
        monkeypatch.setenv("X_PROVIDERS", "acme")
        monkeypatch.setenv("X_ACME_ISSUER", f"{provider.issuer}/")
        monkeypatch.setenv("X_ACME_CLIENT_ID", CLIENT_ID)
        monkeypatch.setenv("X_ACME_CLIENT_SECRET", SECRET)
        monkeypatch.setenv("X_ACME_NAME", "Acme")
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {"APPS": env.oidc_apps("X_PROVIDERS")}
        }
        yield provider


class _Stay(HTTPRedirectHandler):
    def http_error_302(
        self, request: Request, answer: IO[bytes], code: int, reason: str, headers: Message
    ) -> None:
        answer.close()
        raise StopIteration(headers["Location"])


def come_back(client: Client, page: HttpResponseBase) -> HttpResponseBase:
    """From our page to the provider, and from there to us again."""
    text: str = page.content.decode()  # type: ignore[attr-defined]
    found = re.search(r'http-equiv="refresh" content="0;url=([^"]+)"', text)
    assert found is not None
    try:
        build_opener(_Stay).open(Request(html.unescape(found.group(1))))
    except StopIteration as redirect:
        return client.get(str(redirect.value).removeprefix("http://testserver"))
    raise AssertionError("The provider did not send the browser back.")


def signed_in(client: Client) -> User | None:
    user = client.get("/").context["user"]
    return user if user.is_authenticated else None


def test_nothing_is_offered_unless_it_is_set_up() -> None:
    assert b"Sign in with Acme" not in Client().get("/accounts/login/").content
    assert Client().post(LOGIN).status_code == 404


def test_new_person_gets_an_account_with_name_and_confirmed_address(provider: Provider) -> None:
    provider.person, client = KOFI, Client()
    offered = client.get("/accounts/login/").content

    come_back(client, client.post(LOGIN))

    user = User.objects.get()
    assert b"Sign in with Acme" in offered
    assert signed_in(client) == user
    assert (user.email, user.name) == ("kofi@example.org", "Kofi Mensah")
    assert EmailAddress.objects.get(user=user).verified


def test_second_time_is_the_same_account(provider: Provider) -> None:
    provider.person, first, second = KOFI, Client(), Client()
    come_back(first, first.post(LOGIN))

    provider.person = KOFI | {"email": "kofi.mensah@example.org"}
    come_back(second, second.post(LOGIN))

    assert signed_in(second) == User.objects.get()


def test_address_of_an_account_does_not_open_it(provider: Provider) -> None:
    """A provider that lets people choose their address would else open any account."""
    victim = make_user("Kofi", "kofi@example.org")
    provider.person, client = KOFI, Client()

    come_back(client, client.post(LOGIN))

    assert signed_in(client) is None
    assert not SocialAccount.objects.filter(user=victim).exists()


def test_signed_in_person_connects_their_account_there(provider: Provider) -> None:
    user = make_user("Kofi", "kofi@example.org")
    provider.person, client, later = KOFI, Client(), Client()
    client.post("/accounts/login/", {"login": user.email, "password": "correct-horse-battery"})

    come_back(client, client.post(f"{LOGIN}?process=connect"))
    come_back(later, later.post(LOGIN))

    assert signed_in(later) == user


@pytest.mark.parametrize(
    "lie", [{"iss": "https://elsewhere.example"}, {"aud": "another"}, {"exp": 1}], ids=str
)
def test_token_for_somebody_else_signs_nobody_in(provider: Provider, lie: dict[str, str]) -> None:
    provider.person, provider.spoil, client = KOFI, lie, Client()

    page = come_back(client, client.post(LOGIN))

    assert b"That did not work" in page.content  # type: ignore[attr-defined]
    assert signed_in(client) is None


def test_answer_that_this_browser_did_not_ask_for_is_refused(provider: Provider) -> None:
    provider.person, victim, attacker = KOFI, Client(), Client()

    page = come_back(victim, attacker.post(LOGIN))

    assert b"That did not work" in page.content  # type: ignore[attr-defined]
    assert signed_in(victim) is None


def test_leaving_needs_a_click_and_no_exception_of_the_policy(provider: Provider) -> None:
    client = Client()

    asked, left = client.get(LOGIN), client.post(LOGIN)

    assert b"You go on at Acme" in asked.content
    assert (left.status_code, "Location" in left.headers) == (200, False)
    assert "form-action 'self';" in left.headers["Content-Security-Policy"]


def test_connections_page_is_ours(provider: Provider) -> None:
    page = browser_of(make_user()).get("/accounts/3rdparty/")

    assert b"Connect Acme" in page.content


@pytest.mark.parametrize("missing", ["ISSUER", "CLIENT_ID", "CLIENT_SECRET"])
def test_half_a_provider_stops_the_server_with_its_name(
    missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("X_PROVIDERS", "acme")
    for part in {"ISSUER", "CLIENT_ID", "CLIENT_SECRET"} - {missing}:
        monkeypatch.setenv(f"X_ACME_{part}", "https://acme.example")

    with pytest.raises(ImproperlyConfigured, match=f"X_ACME_{missing} is missing"):
        env.oidc_apps("X_PROVIDERS")
