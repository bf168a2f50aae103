"""The server as a process: it answers, survives a kill, ends in good order."""

import json
import urllib.request

from playwright.sync_api import Page

from tests.e2e.server import Server


def read(url: str) -> str:
    with urllib.request.urlopen(url) as response:
        return str(response.read().decode())


def test_every_part_of_a_fresh_server_answers(server: Server) -> None:
    assert json.loads(read(f"{server.url}/readyz")) == {
        "channel_layer": "ok",
        "database": "ok",
        "migrations": "ok",
    }


def test_the_printed_address_signs_in_with_one_click(server: Server, page: Page) -> None:
    page.goto(server.demo_sign_in_url())

    assert page.url == f"{server.url}/"


def test_a_killed_server_starts_again_on_its_data(own_server: Server) -> None:
    own_server.kill()

    own_server.start()

    assert read(f"{own_server.url}/healthz") == "ok\n"


def test_sigterm_ends_with_status_zero(own_server: Server) -> None:
    assert own_server.stop() == 0
    assert own_server.log.read_text().endswith("Ninestep has stopped.\n")
