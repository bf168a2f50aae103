"""The client: bounded in time, size and tries, and to one address, whatever the endpoint does."""

import logging
import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from apps.scoring.judge import client as module
from apps.scoring.judge.client import AskFailed, Client, Endpoint, Patience
from tests.scoring.judge.endpoint import (
    KEY,
    MODEL,
    Behaviour,
    FakeEndpoint,
    breaks_off,
    completion,
    drips,
    fails,
    http,
    never_ends,
    says,
    sends,
    serving,
    stalls,
)

OK = says({"fine": True})


def ask(
    fake: FakeEndpoint,
    seconds: float = 20.0,
    before: Callable[[], None] = lambda: None,
    beat: Callable[[], None] = lambda: None,
) -> tuple[bytes, list[float]]:
    """The answer, and the pauses before further tries, which are not slept."""
    pauses: list[float] = []
    client = Client(fake.endpoint, before, beat, sleep=pauses.append)
    return client.ask(b'{"model": "some-model"}', Patience(seconds)), pauses


def test_answer_is_returned_as_it_came(fake: FakeEndpoint) -> None:
    fake.behave(OK)

    answer, pauses = ask(fake)

    assert answer == completion({"fine": True})
    assert pauses == []
    assert fake.asked[0].head.startswith("POST /v1/chat/completions HTTP/1.1\r\n")
    assert f"authorization: bearer {KEY}" in fake.asked[0].head.lower()


@pytest.mark.parametrize("status", ["429 Too Many Requests", "500 Oops", "503 Away"])
def test_a_busy_or_broken_server_is_asked_twice_more(fake: FakeEndpoint, status: str) -> None:
    fake.behave(fails(status), fails(status), OK)

    answer, pauses = ask(fake)

    assert answer == completion({"fine": True})
    assert pauses == [0.5, 2.0]


@pytest.mark.parametrize(
    ("behaviour", "code", "requests"),
    [
        (fails("429 Too Many Requests"), "BUSY", 3),
        (fails("500 Oops"), "SERVER_ERROR", 3),
        (fails("401 Unauthorized"), "REFUSED", 1),
        (fails("400 Bad Request"), "REFUSED", 1),
        (sends(http(b"<html>", "200 OK", "text/html")), "WRONG_TYPE", 1),
        (sends(http(b"", "200 OK", "application/json", "Content-Encoding: gzip")), "WRONG_TYPE", 1),
        (sends(http(b" " * 300_000)), "TOO_LARGE", 1),
        (never_ends, "TOO_LARGE", 1),
        (breaks_off, "CUT_OFF", 1),
        (sends(b""), "CUT_OFF", 1),
        (sends(b"nonsense\r\n\r\n"), "CUT_OFF", 1),
    ],
)
def test_a_bad_answer_is_told_by_its_kind(
    fake: FakeEndpoint, behaviour: Behaviour, code: str, requests: int
) -> None:
    fake.behave(behaviour)

    with pytest.raises(AskFailed) as failed:
        ask(fake)

    assert failed.value.code == code
    assert len(fake.asked) == requests


@pytest.mark.parametrize("behaviour", [stalls, drips])
def test_no_answer_takes_longer_than_there_is_time(
    fake: FakeEndpoint, behaviour: Behaviour
) -> None:
    fake.behave(behaviour)
    began = time.monotonic()

    with pytest.raises(AskFailed) as failed:
        ask(fake, seconds=0.3)

    assert failed.value.code == "TIMEOUT"
    assert time.monotonic() - began < 5


def test_tries_share_the_time_of_the_step(
    fake: FakeEndpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pause that is longer than what is left is not begun."""
    monkeypatch.setattr(module, "BACKOFF_SECONDS", (60.0, 60.0))
    fake.behave(fails("503 Away"))

    with pytest.raises(AskFailed) as failed:
        ask(fake, seconds=20.0)

    assert failed.value.code == "SERVER_ERROR"
    assert len(fake.asked) == 1


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Elsewhere", "308 For ever"])
def test_a_redirect_is_not_followed(fake: FakeEndpoint, status: str) -> None:
    with serving() as elsewhere:
        elsewhere.behave(OK)
        fake.behave(sends(http(b"", status, "text/plain", f"Location: {elsewhere.url}")))

        with pytest.raises(AskFailed) as failed:
            ask(fake)

        assert failed.value.code == "REDIRECT"
        assert elsewhere.connections == 0


def test_proxies_of_the_environment_are_not_used(
    fake: FakeEndpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving() as proxy:
        proxy.behave(OK)
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        fake.behave(OK)

        ask(fake)

        assert (len(fake.asked), proxy.connections) == (1, 0)


def test_nobody_there_is_told() -> None:
    with serving() as gone:
        pass

    with pytest.raises(AskFailed) as failed:
        ask(gone)

    assert failed.value.code == "UNREACHABLE"


class Withdrawn(Exception):
    """The caller does not want anything sent any more."""


def test_the_caller_is_heard_before_every_single_request(fake: FakeEndpoint) -> None:
    """So that a consent withdrawn between two tries holds."""
    fake.behave(fails("503 Away"))
    allowed = iter([True, False])

    def before() -> None:
        if not next(allowed):
            raise Withdrawn

    with pytest.raises(Withdrawn):
        ask(fake, before=before)

    assert fake.connections == 1


def test_a_long_wait_beats(fake: FakeEndpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BEAT_SECONDS", 0.05)
    fake.behave(stalls)
    beats: list[None] = []

    with pytest.raises(AskFailed):
        ask(fake, seconds=0.4, beat=lambda: beats.append(None))

    assert len(beats) >= 2


ESCAPED = "".join(f"\\u{ord(char):04x}" for char in KEY)


@pytest.mark.parametrize(
    "content",
    [f"Bearer {KEY}", {"deep": [{"er": KEY}]}, {KEY: 1}, f'"{ESCAPED}"'],
    ids=["plain", "nested", "as a name", "escaped"],
)
def test_an_answer_that_repeats_the_key_is_thrown_away(fake: FakeEndpoint, content: object) -> None:
    fake.behave(says(content))

    with pytest.raises(AskFailed) as failed:
        ask(fake)

    assert failed.value.code == "KEY_ECHOED"


@pytest.mark.parametrize("behaviour", [OK, fails("401 No"), stalls, breaks_off])
def test_the_key_is_in_no_log(
    fake: FakeEndpoint, behaviour: Behaviour, caplog: pytest.LogCaptureFixture
) -> None:
    fake.behave(behaviour)
    caplog.set_level(logging.DEBUG)

    with suppress(AskFailed):
        ask(fake, seconds=2.0)

    assert fake.asked
    assert KEY not in caplog.text
    assert KEY not in repr(fake.endpoint)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "api.example.org/v1",
        "file:///etc/passwd",
        "ftp://api.example.org",
        "http://",
        "https://user:word@api.example.org/v1",
        "https://api.example.org/v1?api-key=1",
        "https://api.example.org/v1#top",
    ],
)
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="address"):
        Endpoint(url, KEY, MODEL)


def test_a_key_that_could_break_a_header_is_refused() -> None:
    with pytest.raises(ValueError, match="key must be"):
        Endpoint("https://api.example.org", "one\r\nHost: two", MODEL)
