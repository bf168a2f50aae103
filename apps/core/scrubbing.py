"""How is deleted data taken off the disk too? A database marks its place as free, and leaves it.

SQLite: the write-ahead log is emptied into the file and the file is written anew without its free
pages. PostgreSQL: freed rows may be overwritten from now on; whoever needs it at once, or off the
backups and archived logs as well, finds the steps in docs/privacy.md.
"""

from django.db import OperationalError, connection

from apps.core.jobs.registry import TryAgain


def scrub() -> None:
    """Raises TryAgain while others hold the file. Must not be called within a transaction."""
    if connection.in_atomic_block:
        raise RuntimeError("A database cannot be scrubbed within a transaction.")
    statements = (
        ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)")
        if connection.vendor == "sqlite"
        else ("VACUUM",)
    )
    try:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
                _must_be_done(statement, cursor.fetchone() if "PRAGMA" in statement else None)
    except OperationalError as error:
        raise TryAgain(f"The database's file is in use: {error}") from error


def _must_be_done(statement: str, answer: tuple[int, ...] | None) -> None:
    """A checkpoint does not fail; it answers that it was busy."""
    if answer and answer[0]:
        raise TryAgain(f"The database's file is in use: {statement} has to wait.")
