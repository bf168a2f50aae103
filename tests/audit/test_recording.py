"""Entries follow each other in their chain, whoever writes, and nothing changes them."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from apps.audit.domain import Verdict, record, verify
from apps.audit.models import INSTALLATION, AppendOnly, AuditEntry, Chain
from tests.databases import within

pytestmark = pytest.mark.django_db

ACTOR = UUID(int=1)
ORGANISATION = UUID(int=2)
WRITERS, ENTRIES_EACH = 6, 15


def note(kind: str = "card.submitted", organisation_id: UUID | None = None) -> AuditEntry:
    return record(kind, actor_id=ACTOR, actor_name="Ada", organisation_id=organisation_id)


def test_entries_of_a_chain_are_numbered_and_linked() -> None:
    first, second = note(), note()

    assert (first.seq, first.previous_hash) == (1, "")
    assert (second.seq, second.previous_hash) == (2, first.hash)


def test_each_organisation_has_a_chain_and_so_has_the_installation() -> None:
    note()
    note(organisation_id=ORGANISATION)

    ends = dict(Chain.objects.values_list("name", "seq"))

    assert ends == {INSTALLATION: 1, str(ORGANISATION): 1}


def test_entry_keeps_its_details_and_who_it_was() -> None:
    design = UUID(int=3)

    record(
        "link.made",
        actor_id=ACTOR,
        actor_name="Zoë",
        design_id=design,
        details={"role": "x", "n": 2},
    )

    entry = AuditEntry.objects.get()
    assert (entry.kind, entry.design_id, entry.details) == (
        "link.made",
        design,
        {"role": "x", "n": 2},
    )
    assert entry.personal.get().values == {"id": str(ACTOR), "name": "Zoë"}


def test_a_detail_as_long_as_a_note_is_refused() -> None:
    with pytest.raises(ValueError, match=r"'card\.submitted' has 201 characters"):
        record("card.submitted", actor_id=None, actor_name="", details={"a": [{"b": "x" * 201}]})


def test_what_is_rolled_back_leaves_no_entry() -> None:
    with transaction.atomic():
        note()
        transaction.set_rollback(True)

    assert note().seq == 1


def test_the_model_refuses_changes() -> None:
    entry = note()
    personal = entry.personal.get()

    for change in (
        entry.save,
        entry.delete,
        personal.save,
        AuditEntry.objects.all().delete,
        lambda: AuditEntry.objects.update(kind="other"),
    ):
        with pytest.raises(AppendOnly):
            change()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditentry SET kind = 'other'",
        "DELETE FROM audit_auditentry",
        "UPDATE audit_personal SET values_text = '{}'",
    ],
)
def test_the_database_refuses_changes(statement: str) -> None:
    note()

    with (
        pytest.raises(DatabaseError, match="the audit log only grows"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert verify(INSTALLATION).entries == 1


def test_postgresql_refuses_to_empty_the_tables() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    note()

    with (
        pytest.raises(DatabaseError, match="the audit log only grows"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE audit_auditentry CASCADE")


def test_writers_at_once_make_one_chain(database_file: Path | None) -> None:
    start = threading.Barrier(WRITERS)

    def write(_number: int) -> Verdict:
        with within(database_file):
            start.wait()
            for _ in range(ENTRIES_EACH):
                note(organisation_id=ORGANISATION)
            start.wait()
            return verify(str(ORGANISATION))

    with ThreadPoolExecutor(WRITERS) as pool:
        verdicts = set(pool.map(write, range(WRITERS)))

    assert verdicts == {Verdict(str(ORGANISATION), WRITERS * ENTRIES_EACH, blanked=0)}
