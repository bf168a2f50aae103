"""Installations of the first version keep their logs, and could go back with them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from pycrdt import Doc, Map

from apps.rooms.documents import DocumentKey, DocumentName
from apps.rooms.domain import log

pytestmark = pytest.mark.django_db(transaction=True)

OLD, NEW = ("rooms", "0001_log"), ("rooms", "0006_own_log")
NOON = datetime(2026, 11, 23, 12, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def _restored() -> Iterator[None]:
    yield
    call_command("migrate", "rooms", verbosity=0)


def migrate(target: tuple[str, str]) -> Any:
    """The models as they are then. (Of other apps, as they are now.)"""
    executor = MigrationExecutor(connection)
    executor.migrate([target])
    leaves = [node for node in executor.loader.graph.leaf_nodes() if node[0] != "rooms"]
    return executor.loader.project_state([*leaves, target]).apps


def an_update(client: int, key: str) -> bytes:
    doc: Doc[Any] = Doc(client_id=client)
    doc.get("components", type=Map)[key] = 1.0
    return doc.get_update()


def fill(apps: Any) -> tuple[Any, Any]:
    """A design of the first version with five rows and two snapshots; it and the one on it."""
    now = datetime.now(UTC)
    guest = apps.get_model("accounts", "Guest").objects.create(name="Ann")
    designs = apps.get_model("designs", "DesignSession").objects
    participants = apps.get_model("designs", "Participant").objects
    design, bare = (designs.create(updated_at=now, projected_seq=2) for _ in range(2))
    ann = participants.create(design=design, guest=guest, role="owner", name="Ann", color=1)
    head, update, snapshot = (
        apps.get_model("rooms", name).objects for name in ("Head", "Update", "Snapshot")
    )
    head.create(design=design, document="private", seq=1)
    head.create(design=bare, document="board", seq=0)
    head.create(design=design, document="board", seq=4)
    rows = [(None, an_update(1, "a")), (ann, an_update(2**53 - 1, "b")), (None, b"odd"), (ann, b"")]
    for seq, (participant, payload) in enumerate(rows, start=1):
        row = update.create(
            design=design, document="board", seq=seq, participant=participant, payload=payload
        )
        update.filter(id=row.id).update(at=NOON)
    update.create(design=design, document="private", seq=1, payload=an_update(5, "n"))
    for seq in (2, 3):
        snapshot.create(design=design, document="board", seq=seq, payload=b"whole")
    return design, ann


@pytest.mark.usefixtures("_restored")
def test_rows_and_snapshots_move_into_their_logs() -> None:
    design, ann = fill(migrate(OLD))

    migrate(NEW)

    opened = log.open_log(DocumentKey(design.id, DocumentName.BOARD))
    private = log.open_log(DocumentKey(design.id, DocumentName.PRIVATE))
    assert (opened.base_seq, opened.base, opened.quarantine) == (3, b"whole", "")
    assert log.read_after(opened.log_id, 0) == [
        (1, None, NOON, an_update(1, "a")),
        (2, ann.id, NOON, an_update(2**53 - 1, "b")),
        (3, None, NOON, b"odd"),
        (4, ann.id, NOON, b""),
    ]
    assert opened.owners == {1: None, 2**53 - 1: ann.id}
    assert private.owners == {5: None}
    assert len(private.payloads) == 1
    assert len({opened.epoch, private.epoch}) == 2


@pytest.mark.usefixtures("_restored")
def test_a_migrated_log_goes_on() -> None:
    design, _ = fill(migrate(OLD))
    migrate(NEW)
    log_id = log.find_log(DocumentKey(design.id, DocumentName.BOARD))

    assert log.append([log.Batch(log_id, 5, [log.Entry(b"e")])]) == frozenset()
    assert log.last_seq(log_id) == 5


@pytest.mark.usefixtures("_restored")
def test_the_way_back_keeps_the_rows() -> None:
    design, ann = fill(migrate(OLD))
    migrate(NEW)

    apps = migrate(OLD)

    heads = apps.get_model("rooms", "Head").objects.filter(design_id=design.id)
    updates = apps.get_model("rooms", "Update").objects
    rows = updates.filter(design_id=design.id, document="board")
    snapshots = apps.get_model("rooms", "Snapshot").objects
    assert dict(heads.values_list("document", "seq")) == {"board": 4, "private": 1}
    assert [
        (row.seq, row.participant_id, row.at, bytes(row.payload)) for row in rows.order_by("seq")
    ] == [
        (1, None, NOON, an_update(1, "a")),
        (2, ann.id, NOON, an_update(2**53 - 1, "b")),
        (3, None, NOON, b"odd"),
        (4, ann.id, NOON, b""),
    ]
    assert snapshots.count() == 2
