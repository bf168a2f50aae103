"""What browsers write is accepted: real Yjs edits, undoes, redoes, goes offline and comes back."""

import random
from base64 import b64decode
from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest

from apps.rooms.documents import SCHEMAS, DocumentName
from apps.rooms.room.ledger import Accepted, Change, Ledger
from apps.rooms.room.merging import merge
from tests.rooms.room.libraries import PYCRDT, YJS, Desk, desk, needs_node, text_of

BOARD = SCHEMAS[DocumentName.BOARD]
ROOTS = ("meta", "components", "notes")

pytestmark = needs_node


@pytest.fixture(scope="module")
def yjs() -> Iterator[Desk]:
    with desk(YJS) as one:
        yield one


@pytest.fixture(scope="module")
def pycrdt() -> Iterator[Desk]:
    with desk(PYCRDT) as one:
        yield one


class Browser:
    """One tab: sends its edits as they come, all at once when it was offline, or as a step 2.

    heard: how many changes of the log it has taken in. outbox: edits not yet sent.
    """

    def __init__(self, yjs: Desk, name: str, client: int, *, gc: bool) -> None:
        self.yjs, self.name = yjs, name
        self.author: UUID = uuid4()
        self.heard = 0
        self.outbox: list[str] = []
        yjs.ask(open=name, client=client, gc=gc)

    def edit(self, rng: random.Random) -> None:
        steps = rng.randrange(1, 5)
        answer = self.yjs.ask(edit=self.name, seed=rng.randrange(2**32), steps=steps)
        self.outbox += answer["updates"]

    def hear_log(self, log: list[Change]) -> None:
        for change in log[self.heard :]:
            self.yjs.ask(hear=self.name, update=text_of(change.update))
        self.heard = len(log)

    def send(self, rng: random.Random, ledger: Ledger) -> list[bytes]:
        outbox, self.outbox = self.outbox, []
        way = rng.randrange(4)
        if way == 0:
            answer = self.yjs.ask(since=self.name, vector=text_of(ledger.state_vector))
            return [b64decode(answer["update"])]
        if way == 1 and outbox:
            return [b64decode(self.yjs.ask(merge=outbox)["update"])]
        sent = [b64decode(update) for update in outbox]
        return sent if way == 2 else sent + rng.sample(sent, len(sent) // 2)


@pytest.mark.parametrize("seed", range(16))
def test_nothing_that_yjs_writes_is_refused(seed: int, yjs: Desk, pycrdt: Desk) -> None:
    rng = random.Random(seed)
    ledger = Ledger(BOARD)
    log: list[Change] = []
    clients = rng.sample([7, 300, 2**31 + 7, 2**32 - 1], 3)
    browsers = [
        Browser(yjs, f"{seed} {client}", client, gc=rng.random() < 0.5) for client in clients
    ]

    for _ in range(60):
        browser = rng.choice(browsers)
        if rng.random() < 0.4:
            browser.hear_log(log)
        browser.edit(rng)
        if rng.random() < 0.3:
            continue  # offline
        for update in browser.send(rng, ledger):
            verdict = ledger.accept(update, browser.author)
            assert isinstance(verdict, Accepted), verdict
            log += [verdict.change] if verdict.change else []

    in_yjs = yjs.read([change.update for change in log], ROOTS)
    assert not in_yjs.is_pending
    assert in_yjs.vector == ledger.vector
    assert yjs.read([merge(log)], ROOTS) == in_yjs
    assert pycrdt.read([merge(log)], ROOTS) == in_yjs
    for browser in browsers:
        browser.hear_log(log)
        step_2 = b64decode(
            yjs.ask(since=browser.name, vector=text_of(ledger.state_vector))["update"]
        )
        if not browser.outbox:
            assert ledger.is_known(step_2)
