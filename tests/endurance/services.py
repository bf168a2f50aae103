"""A database and a Valkey for the endurance tests: fast and shared, or durable and to be killed."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg

from tests.plugins import services

Environment = dict[str, str]


@contextlib.contextmanager
def shared(name: str) -> Iterator[Environment]:
    """A fresh database on the servers of this test run, or on new ones outside of pytest."""
    if "DATABASE_URL" in os.environ and "REDIS_URL" in os.environ:
        yield _fresh(os.environ["DATABASE_URL"], os.environ["REDIS_URL"], name)
        return
    with tempfile.TemporaryDirectory(prefix="ninestep-endurance-") as home:
        folder = Path(home)
        folder.chmod(0o755)  # PostgreSQL may run as another user
        with services.postgres(folder) as database, services.valkey(folder) as redis:
            yield _fresh(database, redis, name)


def _fresh(database_url: str, redis_url: str, name: str) -> Environment:
    with closing(psycopg.connect(database_url, autocommit=True)) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name}")
    return {
        "DATABASE_URL": database_url.replace("/postgres?", f"/{name}?"),
        "REDIS_URL": redis_url,
    }
