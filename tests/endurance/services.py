"""A database and a Valkey for the endurance tests: fast and shared, or durable and to be killed."""

import contextlib
import os
import signal
import subprocess
import tempfile
import time
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
    with (
        open_folder() as folder,
        services.postgres(folder) as database,
        services.valkey(folder) as redis,
    ):
        yield _fresh(database, redis, name)


def _fresh(database_url: str, redis_url: str, name: str) -> Environment:
    make_database(database_url, name)
    return {
        "DATABASE_URL": database_url.replace("/postgres?", f"/{name}?"),
        "REDIS_URL": redis_url,
    }


def make_database(server_url: str, name: str, like: str = "template1") -> None:
    """A database with what is in `like`, which nobody may use meanwhile, in the place of any other
    of that name."""
    with closing(psycopg.connect(server_url, autocommit=True)) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {like}")


class Killable:
    """A server that can die at any time, and come back with what it had on disk."""

    def __init__(self, server: services.Server) -> None:
        self.url = server.url
        self._server = server
        self._running = contextlib.ExitStack()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = self._running.enter_context(services.running(self._server))

    def kill(self) -> None:
        """SIGKILL, to its children too: as if the machine lost power."""
        assert self._process is not None
        family = [self._process.pid, *_children_of(self._process.pid)]
        for pid in family:
            os.kill(pid, signal.SIGKILL)
        self._process.wait()
        deadline = time.monotonic() + services.START_WITHIN_S
        while any(map(_is_alive, family)):
            assert time.monotonic() < deadline, f"{family} do not die"

    def stop(self) -> None:
        self._running.close()


def _children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _is_alive(pid: int) -> bool:
    """A zombie is dead, whoever has yet to bury it."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


@contextlib.contextmanager
def killable(folder: Path) -> Iterator[tuple[Killable, Killable]]:
    """A PostgreSQL as durable as out of the box, and a Valkey; both run."""
    postgres = Killable(services.postgres_in(folder, settings={}))
    valkey = Killable(services.valkey_in(folder))
    try:
        postgres.start()
        valkey.start()
        yield postgres, valkey
    finally:
        postgres.stop()
        valkey.stop()


@contextlib.contextmanager
def open_folder() -> Iterator[Path]:
    """A temporary folder that PostgreSQL may enter, which may run as another user."""
    with tempfile.TemporaryDirectory(prefix="ninestep-endurance-") as name:
        Path(name).chmod(0o755)
        yield Path(name)
