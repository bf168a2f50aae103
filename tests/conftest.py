"""What all tests share: fast passwords, repeatable random inputs, a word on missing services."""

import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest
from django.db.backends.base.operations import BaseDatabaseOperations
from hypothesis import settings as hypothesis_settings

from tests.clock import START, Clock, the_clock

# Tests know what words alone give. Those of tests/scoring/semantic ask for the other channel.
os.environ["NINESTEP_SCORING_CHANNELS"] = "lexical"

hypothesis_settings.register_profile("repeatable", derandomize=True, deadline=None)
hypothesis_settings.load_profile("repeatable")

NEEDS_SERVICES = pytest.mark.skip(reason="needs PostgreSQL and Valkey: run `make test`")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if "DATABASE_URL" in os.environ and "REDIS_URL" in os.environ:
        return
    for item in items:
        if item.get_closest_marker("services"):
            item.add_marker(NEEDS_SERVICES)


@pytest.fixture(autouse=True)
def _fast_passwords(settings: object) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]


@pytest.fixture
def clock(settings: object) -> Clock:
    settings.CLOCK = "tests.clock.tell"  # type: ignore[attr-defined]
    the_clock.now = START
    return the_clock


@pytest.fixture(autouse=True, scope="session")
def _tables_can_be_emptied() -> None:
    """Between tests that commit all tables are emptied, the audit log's too, which refuses it."""
    from apps.audit import guards

    flush = BaseDatabaseOperations.execute_sql_flush

    def flush_all(operations: BaseDatabaseOperations, statements: Iterable[str]) -> None:
        with guards.lifted():
            flush(operations, statements)

    BaseDatabaseOperations.execute_sql_flush = flush_all  # type: ignore[method-assign, assignment]


@pytest.fixture
def database_file(transactional_db: None, tmp_path: Path) -> Path | None:
    """SQLite in a file, as the product has it; threads work on it `within` (`tests.databases`).

    The memory that tests use keeps no waiting writers in line, and leaves no bytes to look at.
    PostgreSQL is what it is: None.
    """
    from django.db import connection

    if connection.vendor != "sqlite":
        return None
    path = tmp_path / "ninestep.sqlite3"
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as file:
        connection.connection.backup(file)
    return path
