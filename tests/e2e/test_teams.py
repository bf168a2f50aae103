"""A team in a browser: made, filled, looked at on desk and phone; a passkey for a password."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.axe import violations
from tests.e2e.seats import Seat, take_seat
from tests.e2e.server import Server

PASSWORD = "correct-horse-battery"
# A folder for pictures to look at; none are taken without it.
PICTURES = os.environ.get("NINESTEP_PICTURES")


@pytest.fixture(params=["desk", "phone"])
def seat(request: pytest.FixtureRequest, browser: Browser, server: Server) -> Iterator[Seat]:
    seat = take_seat(browser, server, bypass_csp=True)
    if request.param == "phone":
        seat.page.set_viewport_size({"width": 390, "height": 844})
    yield seat
    seat.context.close()


def test_team_from_its_first_name_to_a_pool(seat: Seat, request: pytest.FixtureRequest) -> None:
    page, base = seat.page, localhost(seat.server)
    kind = request.node.callspec.params["seat"]
    sign_up(page, base, f"anneke-{kind}@example.org")
    page.goto(f"{base}/teams")
    check(page, kind, "teams-empty")

    page.get_by_label("Name").fill("Meridian Labs")
    page.get_by_role("button", name="Create").click()
    page.get_by_label("E-mail address").fill("kofi@example.org")
    page.get_by_role("button", name="Invite").click()
    expect(page.get_by_text("A letter is on its way to kofi@example.org.")).to_be_visible()
    page.get_by_label("New pool").fill("Ranking")
    page.get_by_role("button", name="Make it").click()
    page.get_by_role("checkbox", name="Anneke").check()
    page.get_by_role("button", name="Save the pool Ranking").click()

    expect(page.get_by_role("checkbox", name="Anneke")).to_be_checked()
    check(page, kind, "team")
    page.goto(f"{base}/teams")
    check(page, kind, "teams")


def test_passkey_signs_in_under_the_strict_policy(browser: Browser, server: Server) -> None:
    seat = take_seat(browser, server)
    page, base = seat.page, localhost(server)
    devices = seat.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    sign_up(page, base, "passkey@example.org")

    page.goto(f"{base}/accounts/2fa/webauthn/add/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    check(page, "desk", "recovery-codes")
    page.goto(f"{base}/accounts/2fa/")
    check(page, "desk", "second-factor")

    seat.context.clear_cookies()
    page.goto(f"{base}/accounts/login/")
    check(page, "desk", "login")
    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page.get_by_label("Your account, Anneke")).to_be_visible()
    seat.context.close()


AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def localhost(server: Server) -> str:
    """Passkeys belong to a name, and 127.0.0.1 is none."""
    return server.url.replace("127.0.0.1", "localhost")


def sign_up(page: Page, base: str, email: str) -> None:
    page.goto(f"{base}/accounts/signup/")
    page.get_by_label("Your name").fill("Anneke")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password (again)").fill(PASSWORD)
    page.get_by_role("button", name="Create the account").click()
    expect(page.get_by_label("Your account, Anneke")).to_be_visible()


def check(page: Page, kind: str, name: str) -> None:
    assert violations(page) == {}, name
    overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert overflow <= 0, f"{name} is {overflow} pixels too wide"
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}-{kind}.png", full_page=True)
