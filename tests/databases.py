"""A database file for threads of a test, beside the memory that the test itself works on."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, connections


@contextmanager
def within(path: Path | None) -> Iterator[None]:
    """This thread works on the file, or on the test's own database if there is none. Not for the
    test's own thread."""
    if path is not None:
        connections["default"] = connections.create_connection("default")
        connection.settings_dict = {**connection.settings_dict, "NAME": str(path)}
    try:
        yield
    finally:
        connection.close()
