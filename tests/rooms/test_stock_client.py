"""The stock y-websocket provider from npm, in Node, beside a client of our own."""

import asyncio
import json
import shutil
from collections.abc import Callable
from typing import Any

import pytest

from tests.rooms.peer import components_of, note_of, put_component, write_note
from tests.rooms.product import ROOT, Browser, Product, come_by_link, share, start_a_board
from tests.rooms.remote import joined

SCRIPT = ROOT / "frontend" / "tests-node" / "stock-client.mjs"
TIMEOUT_S = 20

pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed")


class StockClient:
    """said: the last line of the client, the whole of what it sees."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.said: dict[str, Any] = {}

    @classmethod
    async def start(cls, browser: Browser, design_id: str) -> "StockClient":
        address = browser.url.replace("http", "ws", 1) + f"/ws/designs/{design_id}"
        process = await asyncio.create_subprocess_exec(
            *("node", str(SCRIPT), address, "board", json.dumps(browser.headers)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        return cls(process)

    async def do(self, command: dict[str, Any]) -> None:
        assert self._process.stdin
        self._process.stdin.write(f"{json.dumps(command)}\n".encode())
        await self._process.stdin.drain()

    async def until(self, is_so: Callable[[dict[str, Any]], bool]) -> None:
        assert self._process.stdout
        async with asyncio.timeout(TIMEOUT_S):
            while not is_so(self.said):
                self.said = json.loads(await self._process.stdout.readline())

    async def stop(self) -> None:
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()


async def test_the_stock_client_joins_by_a_link_and_converges(product: Product) -> None:
    owner, design_id = start_a_board(product.url)
    _, path = share(owner, design_id, "candidate")
    candidate = come_by_link(product.url, path, "Bob")

    async with joined(owner, design_id) as ann:
        await ann.edit(put_component("a", "Ranker"))
        await ann.say(ann.peer.show({"cursor": None}, clock=1)[0])
        stock = await StockClient.start(candidate, design_id)
        try:
            await stock.until(lambda said: said.get("components", {}).get("a") is not None)
            await stock.until(lambda said: "Guest" in said.get("people", []))
            await stock.do({"component": ["b", "Feature store"]})
            await stock.do({"note": ["data", "Clicks. "]})
            await ann.until(lambda: note_of(ann.peer.doc, "data") == "Clicks. ")
            await ann.edit(write_note("data", "Views. "))
            await stock.until(lambda said: said.get("notes", {}).get("data") == "Views. Clicks. ")
        finally:
            await stock.stop()

    assert {key: one["name"] for key, one in components_of(ann.peer.doc).items()} == {
        "a": "Ranker",
        "b": "Feature store",
    }


async def test_the_stock_client_is_told_not_to_come_back(product: Product) -> None:
    owner, design_id = start_a_board(product.url)
    link_id, path = share(owner, design_id, "observer")
    observer = come_by_link(product.url, path)
    stock = await StockClient.start(observer, design_id)

    try:
        await stock.until(lambda said: "notes" in said)
        await asyncio.to_thread(owner.rest, "DELETE", f"/designs/{design_id}/links/{link_id}")
        await stock.until(lambda said: said.get("closed") == 4403)
    finally:
        await stock.stop()
