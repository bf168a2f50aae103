"""One design on two processes, joined by PostgreSQL and Valkey."""

import asyncio
import os
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import psycopg
import pytest

from apps.core.ids import new_id
from tests.rooms.peer import components_of, put_component
from tests.rooms.product import Browser, Product, come_by_link, share, start_a_board
from tests.rooms.remote import joined, socket_of

pytestmark = pytest.mark.services


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    """The address of a database of our own, on the server that the tests have started."""
    server, name = os.environ["DATABASE_URL"], f"rooms_{new_id().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="module")
def pair(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Product]]:
    environment = {"DATABASE_URL": database, "REDIS_URL": os.environ["REDIS_URL"]}
    folder = tmp_path_factory.mktemp("data")  # one folder: both need the same secret key
    products = [Product(folder, environment) for _ in range(2)]
    products[0].migrate()
    for product in products:
        product.start()
    yield products
    for product in products:
        product.stop()


@pytest.fixture
def here(pair: list[Product]) -> Product:
    for product in pair:
        if not product.is_running:
            product.start(product.port)
    return pair[0]


@pytest.fixture
def there(pair: list[Product], here: Product) -> Product:
    return pair[1]


def moved(browser: Browser, product: Product) -> Browser:
    """The same browser, led to another process by the proxy."""
    browser.url = product.url
    return browser


async def test_two_processes_show_one_board(here: Product, there: Product) -> None:
    owner, design_id = start_a_board(here.url)
    _, path = share(owner, design_id, "candidate")
    candidate = moved(come_by_link(here.url, path, "Bob"), there)

    async with joined(owner, design_id) as ann, joined(candidate, design_id) as bob:
        for number in range(20):
            await ann.edit(put_component(f"a{number}"))
            await bob.edit(put_component(f"b{number}"))
        await bob.say(bob.peer.show({"cursor": [1, 2]}, clock=1)[0])
        await ann.saved()
        await bob.saved()
        for one in (ann, bob):
            await one.until(lambda one=one: len(components_of(one.peer.doc)) == 40)  # type: ignore[misc]
        await ann.until(lambda: bob.peer.doc.client_id in ann.peer.people)

        assert ann.peer.people[bob.peer.doc.client_id]["user"]["name"] == "Bob"
        assert components_of(ann.peer.doc) == components_of(bob.peer.doc)

    async with joined(moved(owner, there), design_id) as again:
        assert len(components_of(again.peer.doc)) == 40


async def test_who_comes_later_sees_who_is_on_the_other_process(
    here: Product, there: Product
) -> None:
    owner, design_id = start_a_board(here.url)
    _, path = share(owner, design_id, "observer")
    observer = moved(come_by_link(here.url, path), there)

    async with joined(owner, design_id) as ann:
        await ann.say(ann.peer.show({"cursor": [1, 2]}, clock=1)[0])
        async with joined(observer, design_id) as reader:
            await reader.until(lambda: ann.peer.doc.client_id in reader.peer.people)


async def test_the_other_process_has_what_a_killed_one_acknowledged(
    here: Product, there: Product
) -> None:
    owner, design_id = start_a_board(here.url)

    async with joined(owner, design_id) as ann:
        for number in range(30):
            await ann.edit(put_component(f"a{number}"))
        await ann.saved()
        here.kill()
        await ann.closed()

    async with joined(moved(owner, there), design_id, ann.peer) as ann:
        await ann.edit(put_component("after"))
        await ann.saved()
    async with joined(owner, design_id) as fresh:
        assert len(components_of(fresh.peer.doc)) == 31


async def test_a_right_taken_on_one_process_ends_on_the_other(
    here: Product, there: Product
) -> None:
    owner, design_id = start_a_board(here.url)
    link_id, path = share(owner, design_id, "candidate")
    candidate = moved(come_by_link(here.url, path, "Bob"), there)

    async with joined(candidate, design_id) as bob:
        begun = time.monotonic()
        await asyncio.to_thread(owner.rest, "DELETE", f"/designs/{design_id}/links/{link_id}")
        assert await bob.closed() == 4403
        assert time.monotonic() - begun < 2


async def test_events_cross_processes(here: Product, there: Product) -> None:
    owner, design_id = start_a_board(here.url)

    async with socket_of(moved(owner, there), design_id, "events") as events:
        assert '"hello"' in str(await events.recv())
        moved(owner, here)
        await asyncio.to_thread(owner.rest, "PATCH", f"/designs/{design_id}", {"title": "New"})
        assert '"title": "New"' in str(await asyncio.wait_for(events.recv(), 10))
