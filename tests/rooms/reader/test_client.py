"""The reader of documents: what it answers, and how it survives what it reads."""

import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from pycrdt import Doc, Map, Text

from apps.designs.document.live import content_of
from apps.rooms import reader
from apps.rooms.documents import SCHEMAS, DocumentName
from apps.rooms.reader import Limits, Reader, Unavailable, Unreadable, Want
from apps.rooms.reader.canonical import digest_of
from tests.rooms.peer import put_component, write_note
from tests.rooms.reader.hostile import deep_value, garbage, long_value

BOARD_ROOTS = SCHEMAS[DocumentName.BOARD]
CONTENT = {Want.CONTENT}
TIMEOUT_S = 20
MEGABYTE = 1024 * 1024


@pytest.fixture
def doc() -> "Doc[Any]":
    doc: Doc[Any] = Doc()
    doc.get("notes", type=Map)["data"] = Text()
    put_component("a", "Ranker 🙂")(doc)
    write_note("data", "Clicks.")(doc)
    return doc


@pytest.fixture(scope="module")
def shared() -> Iterator[Reader]:
    yield from _started(Limits())


def _started(limits: Limits) -> Iterator[Reader]:
    started = Reader(limits)
    yield started
    started.stop()


@pytest.fixture
def hasty() -> Iterator[Reader]:
    """Gives a document a tenth of a second."""
    yield from _started(Limits(cpu_s=0.1))


def process_ids(reader: Reader) -> list[int]:
    return [child.process_id for child in reader.idle]


def test_it_answers_just_what_is_wanted(shared: Reader, doc: "Doc[Any]") -> None:
    payloads = [doc.get_update()]

    everything = shared.read(payloads, BOARD_ROOTS, Want)

    assert everything.content == content_of(doc)
    assert everything.digest == digest_of(doc, BOARD_ROOTS)
    assert everything.snapshot == doc.get_update()
    assert shared.read(payloads, BOARD_ROOTS, {Want.DIGEST}) == reader.Reading(
        digest=everything.digest
    )


def test_updates_are_put_together_in_order(shared: Reader, doc: "Doc[Any]") -> None:
    first, before = doc.get_update(), doc.get_state()
    write_note("data", "More. ")(doc)

    reading = shared.read([first, doc.get_update(before)], BOARD_ROOTS, CONTENT)

    assert reading.content == content_of(doc)


def test_a_snapshot_forgets_what_was_deleted(shared: Reader, doc: "Doc[Any]") -> None:
    secret = "a secret pasted by mistake"
    first, before = doc.get_update(), doc.get_state()
    write_note("data", secret)(doc)
    written, before = doc.get_update(before), doc.get_state()
    del doc.get("notes", type=Map)["data"][: len(secret)]

    payloads = [first, written, doc.get_update(before)]
    snapshot = shared.read(payloads, BOARD_ROOTS, {Want.SNAPSHOT}).snapshot

    assert secret.encode() in b"".join(payloads)
    assert secret.encode() not in snapshot
    assert shared.read([snapshot], BOARD_ROOTS, CONTENT).content == content_of(doc)


def test_what_one_asker_changes_does_not_reach_another(shared: Reader, doc: "Doc[Any]") -> None:
    reading = shared.read([doc.get_update()], BOARD_ROOTS, CONTENT)
    reading.content.board["components"].clear()

    assert reading.content.board["components"]


def test_one_child_answers_question_after_question(shared: Reader, doc: "Doc[Any]") -> None:
    shared.read([], BOARD_ROOTS, CONTENT)
    before = process_ids(shared)

    shared.read([doc.get_update()], BOARD_ROOTS, CONTENT)

    assert process_ids(shared) == before
    assert len(before) == 1


def test_many_threads_get_the_answers_to_their_own_questions(shared: Reader) -> None:
    def read(number: int) -> str:
        doc: Doc[Any] = Doc()
        put_component("a", f"Card {number}")(doc)
        content = shared.read([doc.get_update()], BOARD_ROOTS, CONTENT).content
        return content.board["components"][0]["name"]

    with ThreadPoolExecutor(8) as threads:
        names = list(threads.map(read, range(200)))

    assert names == [f"Card {number}" for number in range(200)]


def test_a_closed_reader_keeps_no_child(doc: "Doc[Any]") -> None:
    """It may be closed while a thread is still asking it."""
    reader = Reader()
    reader.close()

    assert reader.read([doc.get_update()], BOARD_ROOTS, CONTENT).content == content_of(doc)
    assert reader.idle == []


async def test_an_event_loop_may_ask_too(doc: "Doc[Any]") -> None:
    reading = await reader.aread([doc.get_update()], BOARD_ROOTS, CONTENT)

    assert reading.content == content_of(doc)


@pytest.mark.parametrize(
    ("payload", "why"),
    [
        pytest.param(garbage(), "ValueError", id="no update"),
        pytest.param(deep_value(1_000), "RecursionError", id="recursion in Python"),
        pytest.param(deep_value(100_000), "SIGSEGV", id="the stack overflows"),
    ],
)
def test_an_unreadable_document_costs_one_child(
    shared: Reader, doc: "Doc[Any]", payload: bytes, why: str
) -> None:
    with pytest.raises(Unreadable, match=why):
        shared.read([doc.get_update(), payload], BOARD_ROOTS, CONTENT | {Want.DIGEST})

    assert process_ids(shared) == []
    assert shared.read([doc.get_update()], BOARD_ROOTS, CONTENT).content == content_of(doc)


def test_a_document_that_takes_too_long_is_unreadable(hasty: Reader) -> None:
    with pytest.raises(Unreadable, match=r"not read within 0\.1 seconds"):
        hasty.read([long_value(5_000_000)], BOARD_ROOTS, CONTENT)


def test_others_are_answered_while_one_document_is_stuck(doc: "Doc[Any]") -> None:
    """The stuck one is only let go after the others have been answered."""
    reader = Reader(Limits(cpu_s=60, wall_s=60))
    outcome: list[BaseException] = []

    def get_stuck() -> None:
        try:
            reader.read([], BOARD_ROOTS, CONTENT)
        except BaseException as error:
            outcome.append(error)

    reader.read([], BOARD_ROOTS, CONTENT)
    [stopped] = process_ids(reader)
    os.kill(stopped, signal.SIGSTOP)
    stuck = threading.Thread(target=get_stuck)
    stuck.start()
    while reader.idle:
        time.sleep(0.001)  # until the stuck question has taken the stopped child

    contents = [reader.read([doc.get_update()], BOARD_ROOTS, CONTENT).content for _ in range(20)]

    assert contents == [content_of(doc)] * 20
    assert stuck.is_alive()
    os.kill(stopped, signal.SIGCONT)
    stuck.join()
    reader.stop()
    assert outcome == []


def test_a_document_that_needs_too_much_memory_is_unreadable(doc: "Doc[Any]") -> None:
    small = Reader(Limits(memory_bytes=256 * MEGABYTE))

    with pytest.raises(Unreadable):
        small.read([long_value(20 * MEGABYTE)], BOARD_ROOTS, CONTENT)

    assert small.read([doc.get_update()], BOARD_ROOTS, CONTENT).content == content_of(doc)
    small.stop()


def test_an_absurdly_long_answer_is_refused(doc: "Doc[Any]") -> None:
    terse = Reader(Limits(answer_bytes=1_000))

    with pytest.raises(Unreadable, match="1000 are the most"):
        terse.read([long_value(10_000)], BOARD_ROOTS, {Want.SNAPSHOT})

    assert terse.read([doc.get_update()], BOARD_ROOTS, {Want.DIGEST}).digest
    terse.stop()


def test_a_child_killed_while_it_waits_is_replaced(shared: Reader, doc: "Doc[Any]") -> None:
    shared.read([], BOARD_ROOTS, CONTENT)
    [idle] = process_ids(shared)
    os.kill(idle, signal.SIGKILL)

    assert shared.read([doc.get_update()], BOARD_ROOTS, CONTENT).content == content_of(doc)


def test_a_suspended_machine_does_not_speak_against_the_document() -> None:
    """A child that had no time to read says nothing about what it should have read."""
    impatient = Reader()
    impatient.read([], BOARD_ROOTS, CONTENT)
    [idle] = process_ids(impatient)
    impatient.limits = Limits(wall_s=0.2)
    os.kill(idle, signal.SIGSTOP)

    with pytest.raises(Unavailable, match=r"No answer within"):
        impatient.read([], BOARD_ROOTS, CONTENT)

    impatient.stop()


def test_a_program_that_does_not_start_does_not_speak_against_the_document(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("apps.rooms.reader.client.PROGRAM", "json")  # ends at once
    broken = Reader()

    with pytest.raises(Unavailable, match="did not start"):
        broken.read([], BOARD_ROOTS, CONTENT)


def test_the_child_ends_when_its_parent_is_killed() -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    child = int(parent.stdout.readline())

    parent.kill()
    parent.communicate()

    wait_until_gone(child)


PARENT = """
import time
from apps.rooms.reader import Reader, Want
reader = Reader()
reader.read([], [], {Want.CONTENT})
print(reader.idle[0].process_id, flush=True)
time.sleep(600)
"""


def wait_until_gone(process_id: int) -> None:
    """Whose parent is dead, so that nobody is told of its end but who watches it."""
    watch = os.pidfd_open(process_id)
    ended, _, _ = select.select([watch], [], [], TIMEOUT_S)
    os.close(watch)
    assert ended


def test_a_forked_process_has_a_reader_of_its_own() -> None:
    """As the workers of Celery are forked. Each says the process that it was answered by."""
    said = subprocess.run(
        [sys.executable, "-c", FORKED], capture_output=True, text=True, check=True
    ).stdout.split()

    before, in_fork, after = said
    assert before == after
    assert in_fork != before


FORKED = """
import os
from apps.rooms.reader import Want, client

def say():
    client.read([], [], {Want.CONTENT})
    print(client._reader.idle[0].process_id, flush=True)

say()
if forked := os.fork():
    os.waitpid(forked, 0)
    say()
else:
    say()
"""


def test_the_child_knows_no_framework_and_no_secret() -> None:
    """What is not imported cannot be reached by a document that takes the child over."""
    code = "import sys, apps.rooms.reader.child; print(*sys.modules)"
    found = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[3],
        env={},
        capture_output=True,
        text=True,
        check=True,
    )

    frameworks = {"django", "channels", "celery", "psycopg", "redis", "sqlite3"}
    assert not frameworks & set(found.stdout.split())
