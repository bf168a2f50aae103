"""What reaches the log: no secret of an address, no trace where a sentence will do."""

import io
import logging

import pytest
from django.db import OperationalError

from apps.config.logs import Discreet, without_secrets


def lines_of(log: logging.Logger, stream: io.StringIO) -> logging.Logger:
    handler = logging.StreamHandler(stream)
    handler.addFilter(Discreet())
    log.handlers, log.propagate = [handler], False
    return log


@pytest.mark.parametrize(
    ("line", "logged"),
    [
        ("Not Found: /j/Zm9v-Bar_9", "Not Found: /j/..."),
        ('"GET /demo/ImRl:1xV:5_u HTTP/1.1" 302', '"GET /demo/... HTTP/1.1" 302'),
        ("/accounts/password/reset/key/4-cz1/", "/accounts/password/reset/key/..."),
        ("Not Found: /join/45c0", "Not Found: /join/45c0"),
    ],
)
def test_secrets_of_addresses_are_left_out(line: str, logged: str) -> None:
    assert without_secrets(line) == logged


def test_secret_among_the_arguments_is_left_out_too() -> None:
    stream = io.StringIO()

    lines_of(logging.getLogger("tests.secret"), stream).warning("%s: %s", "Not Found", "/j/abc")

    assert stream.getvalue() == "Not Found: /j/...\n"


def test_silent_database_is_one_line() -> None:
    stream = io.StringIO()
    log = lines_of(logging.getLogger("tests.database"), stream)

    try:
        raise OperationalError("connection refused\n")
    except OperationalError:
        log.exception("Internal Server Error: %s", "/")

    assert stream.getvalue() == "Internal Server Error: / (OperationalError: connection refused)\n"
