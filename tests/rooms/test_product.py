"""The whole product over a real network: a link, cookies, sockets, kills and revocations."""

import asyncio
import time

import pytest
from websockets.exceptions import InvalidStatus

from tests.rooms.peer import components_of, put_component, write_note
from tests.rooms.product import Browser, Product, come_by_link, share, start_a_board
from tests.rooms.remote import joined, socket_of


async def test_two_people_write_and_see_each_other(product: Product) -> None:
    owner, design_id = start_a_board(product.url)
    _, path = share(owner, design_id, "candidate")
    candidate = come_by_link(product.url, path, "Bob")

    async with joined(owner, design_id) as ann, joined(candidate, design_id) as bob:
        await ann.edit(put_component("a", "Ranker"))
        await bob.edit(write_note("data", "Watch events. "))
        await bob.say(bob.peer.show({"cursor": [1, 2], "user": {"name": "Eve"}}, clock=1)[0])
        await ann.saved()
        await bob.saved()
        await bob.until(lambda: "a" in components_of(bob.peer.doc))
        await ann.until(lambda: bool(ann.peer.people))

        [state] = ann.peer.people.values()
        assert state["user"]["name"] == "Bob"
        assert state["user"]["role"] == "candidate"


async def test_every_acknowledged_edit_survives_kill_9(product: Product) -> None:
    owner, design_id = start_a_board(product.url)
    saved: set[str] = set()

    for round_number in range(3):
        async with joined(owner, design_id) as ann:
            for number in range(20):
                await ann.edit(put_component(f"r{round_number}n{number}"))
                if number % 5 == 0:
                    await ann.saved()
                    saved = set(components_of(ann.peer.doc))
            product.kill()
        product.start(product.port)

    async with joined(owner, design_id) as somebody:
        assert saved
        assert saved <= set(components_of(somebody.peer.doc))


async def test_a_stop_stores_what_is_under_way(product: Product) -> None:
    owner, design_id = start_a_board(product.url)

    async with joined(owner, design_id) as ann:
        await ann.edit(put_component("a"))
        status = await asyncio.to_thread(product.stop)
        assert await ann.closed() == 1012
    assert status == 0

    product.start(product.port)
    async with joined(owner, design_id) as ann:
        assert "a" in components_of(ann.peer.doc)


async def test_a_revoked_link_closes_its_sockets_within_two_seconds(product: Product) -> None:
    owner, design_id = start_a_board(product.url)
    link_id, path = share(owner, design_id, "candidate")
    candidate = come_by_link(product.url, path, "Bob")

    async with joined(candidate, design_id) as bob:
        begun = time.monotonic()
        await asyncio.to_thread(owner.rest, "DELETE", f"/designs/{design_id}/links/{link_id}")
        assert await bob.closed() == 4403
        assert time.monotonic() - begun < 2

    with pytest.raises(InvalidStatus, match="403"):
        await socket_of(candidate, design_id, "board")


async def test_after_the_end_nobody_writes_and_everybody_reads(product: Product) -> None:
    owner, design_id = start_a_board(product.url)

    async with joined(owner, design_id) as ann:
        await asyncio.to_thread(owner.rest, "POST", f"/designs/{design_id}/end")
        for number in range(100):
            await ann.edit(put_component(f"late{number}"))
            await ann.until(lambda: ann.peer.stored == ann.peer.sent)
            if ann.peer.refused:
                break

    assert {reason for _, reason in ann.peer.refused} == {"ended"}


@pytest.mark.parametrize("role", ["candidate", "observer"])
async def test_private_notes_are_closed_to_others(product: Product, role: str) -> None:
    owner, design_id = start_a_board(product.url)
    _, path = share(owner, design_id, role)
    other = come_by_link(product.url, path, "Bob" if role == "candidate" else "")

    async with joined(owner, design_id, document="private") as ann:
        await ann.edit(write_note("general", "Weak on metrics."))
        await ann.saved()
    with pytest.raises(InvalidStatus, match="403"):
        await socket_of(other, design_id, "private")


async def test_an_observer_reads_but_does_not_write(product: Product) -> None:
    owner, design_id = start_a_board(product.url)
    _, path = share(owner, design_id, "observer")
    observer = come_by_link(product.url, path)

    async with joined(observer, design_id) as reader:
        await reader.edit(put_component("evil"))
        await reader.saved()
    async with joined(owner, design_id) as ann:
        assert components_of(ann.peer.doc) == {}
    assert reader.peer.refused == [(2, "read-only")]


@pytest.mark.parametrize("document", ["board", "private", "events"])
async def test_strangers_and_foreign_origins_are_refused(product: Product, document: str) -> None:
    owner, design_id = start_a_board(product.url)

    with pytest.raises(InvalidStatus, match="403"):
        await socket_of(Browser(product.url), design_id, document)
    with pytest.raises(InvalidStatus, match="403"):
        await socket_of(owner, design_id, document, origin="http://elsewhere.example")


async def test_a_frame_over_the_limit_closes_with_1009(product: Product) -> None:
    owner, design_id = start_a_board(product.url)

    async with joined(owner, design_id) as ann:
        await ann.say(b"\x00" * (1024 * 1024 + 1))
        assert await ann.closed() == 1009


async def test_rows_follow_the_board(product: Product) -> None:
    owner, design_id = start_a_board(product.url)

    async with joined(owner, design_id) as ann:
        await ann.edit(put_component("a", "Ranker"))
        await ann.saved()
        document = await asyncio.to_thread(owner.rest, "GET", f"/designs/{design_id}/document")

    assert [one["name"] for one in document["board"]["components"]] == ["Ranker"]
