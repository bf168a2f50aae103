"""Can the server start? What stands in the way is told in one sentence, before anything runs."""

import os
import socket
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from apps.content.checks import check_packs
from apps.core.errors import Invalid

HIGHEST_PORT = 65535
CANNOT_START = 2  # exit status: something is missing, and a sentence said what


class NotReady(Exception):
    """The server cannot start; the text says why and what to do."""


def check_all() -> None:
    """Raises NotReady with the first thing that is missing."""
    check_data_folder(settings.DATA_DIR)
    check_database()
    check_content()
    if not settings.VITE_DEV:
        check_frontend(settings.VITE_MANIFEST)


def check_data_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise NotReady(
            f"The data folder {folder} cannot be written to ({_why(error)}). "
            "Make it writable, or name another in NINESTEP_DATA_DIR."
        ) from error


def check_database() -> None:
    if missing := missing_migrations():
        raise NotReady(
            f"The database is not up to date: {len(missing)} migrations are missing, the first is "
            f"{missing[0]}. Run `make setup`."
        )


def missing_migrations() -> list[str]:
    """Names of the migrations that the database lacks, in the order in which they would run."""
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError as error:
        raise NotReady(
            f"The database does not answer ({str(error).strip().splitlines()[0]}). "
            "Start it, or correct DATABASE_URL."
        ) from error
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [str(migration) for migration, _backwards in plan]


def check_content() -> None:
    try:
        check_packs()
    except Invalid as error:
        raise NotReady(f"The content cannot be used. {error}") from error


def check_frontend(manifest: Path) -> None:
    if not manifest.is_file():
        raise NotReady(f"The pages have not been built ({manifest} is missing). Run `make setup`.")


def listen(host: str, port: int) -> socket.socket:
    """A socket that is already bound, so that nobody can take the port in between."""
    if not 0 <= port <= HIGHEST_PORT:
        raise NotReady(f"There is no port {port}: ports go up to {HIGHEST_PORT}.")
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address[:2], family=family, backlog=2048)
    except OSError as error:
        raise NotReady(
            f"Nothing can listen on {host}, port {port} ({_why(error)}). "
            "Stop what uses it, or choose another: make run PORT=8001."
        ) from error


def _why(error: Exception) -> str:
    number = getattr(error, "errno", None)
    return os.strerror(number) if isinstance(number, int) and number > 0 else str(error)
