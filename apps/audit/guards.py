"""Triggers by which the database itself keeps entries as they are, whoever writes to it.

`lifted` exists for tests, which empty all tables between two of them.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

# table -> the statements that are refused. Personal values may be deleted: that is an erasure.
REFUSED = {"audit_auditentry": ("UPDATE", "DELETE"), "audit_personal": ("UPDATE",)}
MESSAGE = "the audit log only grows"
FUNCTION = "audit_refuse"


def install(database: BaseDatabaseWrapper) -> None:
    statements = _postgresql() if database.vendor == "postgresql" else _sqlite()
    _execute(database, statements)


def remove(database: BaseDatabaseWrapper) -> None:
    on_table = database.vendor == "postgresql"
    names = [(table, event) for table, events in REFUSED.items() for event in events]
    if on_table:
        names += [(table, "TRUNCATE") for table in REFUSED]
    _execute(
        database,
        [
            f"DROP TRIGGER IF EXISTS {_name(table, event)}" + (f" ON {table}" if on_table else "")
            for table, event in names
        ],
    )


@contextmanager
def lifted() -> Iterator[None]:
    with transaction.atomic():
        remove(connection)
        yield
        install(connection)


def _sqlite() -> list[str]:
    return [
        f"CREATE TRIGGER {_name(table, event)} BEFORE {event} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        for table, events in REFUSED.items()
        for event in events
    ]


def _postgresql() -> list[str]:
    function = (
        f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql "
        f"AS $$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$"
    )
    each_row = [
        f"CREATE TRIGGER {_name(table, event)} BEFORE {event} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {FUNCTION}()"
        for table, events in REFUSED.items()
        for event in events
    ]
    whole_table = [
        f"CREATE TRIGGER {_name(table, 'TRUNCATE')} BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {FUNCTION}()"
        for table in REFUSED
    ]
    return [function, *each_row, *whole_table]


def _name(table: str, event: str) -> str:
    return f"{table}_refuses_{event.lower()}"


def _execute(database: BaseDatabaseWrapper, statements: list[str]) -> None:
    with database.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
