"""The typed readers of environment variables: what they make of a value, and how they refuse."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from apps.config import env

NAME = "NINESTEP_TEST"


@pytest.mark.parametrize(
    ("value", "expected"), [("1", True), ("Yes", True), ("off", False), ("", False)]
)
def test_boolean_reads(value: str, expected: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, value)

    assert env.boolean(NAME, default=not expected) is expected


def test_boolean_refuses_anything_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "maybe")

    with pytest.raises(ImproperlyConfigured, match="NINESTEP_TEST must be yes or no, not 'maybe'"):
        env.boolean(NAME, default=False)


def test_integer_refuses_what_is_not_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "2.5")

    with pytest.raises(ImproperlyConfigured, match="NINESTEP_TEST must be a whole number"):
        env.integer(NAME, 1)


def test_words_splits_at_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, " a.example , b.example,")

    assert env.words(NAME, []) == ["a.example", "b.example"]


def test_numbers_are_as_many_as_the_default_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "0, 20,300")

    assert env.numbers(NAME, (1, 2, 3)) == (0, 20, 300)


@pytest.mark.parametrize("value", ["", "1,2", "1,2,3,4", "1,2,-3", "1,2,three", "1.5,2,3"])
def test_other_numbers_are_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv(NAME, value)

    with pytest.raises(ImproperlyConfigured, match="NINESTEP_TEST must be numbers such as 1,2,3"):
        env.numbers(NAME, (1, 2, 3))


def test_secret_key_is_made_once_and_kept(tmp_path: Path) -> None:
    file = tmp_path / "new" / "secret_key"

    made = env.secret_key(NAME, file)

    assert len(made) >= 50
    assert env.secret_key(NAME, file) == made
    assert file.stat().st_mode & 0o777 == 0o600


def test_secret_key_in_a_folder_that_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(ImproperlyConfigured, match="cannot be used"):
        env.secret_key(NAME, tmp_path / "file" / "secret_key")


def test_secret_key_from_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "secret_key").touch()

    with pytest.raises(ImproperlyConfigured, match="is empty"):
        env.secret_key(NAME, tmp_path / "secret_key")


def test_database_without_a_variable_is_sqlite(tmp_path: Path) -> None:
    database = env.database(NAME, tmp_path / "db")

    assert (database["ENGINE"], database["NAME"]) == (
        "django.db.backends.sqlite3",
        tmp_path / "db",
    )
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://u:p%40ss@db:5433/nine", ("nine", "u", "p@ss", "db", "5433")),
        ("postgres:///nine?host=/run/pg", ("nine", "", "", "/run/pg", "")),
    ],
)
def test_database_from_an_address(
    url: str, expected: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(NAME, url)

    database = env.database(NAME, Path("unused"))

    assert tuple(database[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")) == expected


def test_database_of_another_kind_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "mysql://db/nine")

    with pytest.raises(ImproperlyConfigured, match="must start with postgresql://, not mysql://"):
        env.database(NAME, Path("unused"))


@pytest.mark.parametrize(
    ("url", "complaint"),
    [
        ("nonsense", "must start with postgresql://"),
        ("mysql://u@h/d", "must start with postgresql://, not mysql://"),
        ("postgresql://u:pass@h:abc/d", "is not a well-formed address"),
        ("postgresql://[bad/d", "is not a well-formed address"),
        ("postgresql://u@h", "names no database"),
    ],
)
def test_database_refuses_an_odd_address(
    url: str, complaint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(NAME, url)

    with pytest.raises(ImproperlyConfigured, match=complaint) as refused:
        env.database(NAME, Path("unused"))

    assert "pass" not in str(refused.value)


@pytest.mark.parametrize("url", ["nonsense", "http://localhost:6379", "redis://h:x/0"])
def test_redis_refuses_an_odd_address(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, url)

    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.redis(NAME)


def test_http_address_is_read_or_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env.http_address(NAME) == ""

    monkeypatch.setenv(NAME, "http://127.0.0.1:11434/v1")

    assert env.http_address(NAME) == "http://127.0.0.1:11434/v1"


@pytest.mark.parametrize(
    "url",
    [
        "api.example.org/v1",
        "file:///etc/passwd",
        "https://",
        "https://[::1/v1",
        "https://somebody:hunter2@api.example.org/v1",
        "https://api.example.org/v1?key=hunter2",
    ],
)
def test_other_addresses_are_refused_and_not_quoted(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv(NAME, url)

    with pytest.raises(ImproperlyConfigured, match="NINESTEP_TEST") as refused:
        env.http_address(NAME)

    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize("word", ["hunter2\r\nHost: other", "hunter2 hunter2", "hünter2"])
def test_what_cannot_stand_in_a_header_is_refused_and_not_quoted(
    monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    monkeypatch.setenv(NAME, word)

    with pytest.raises(ImproperlyConfigured, match="NINESTEP_TEST must be printable") as refused:
        env.header_word(NAME)

    assert "hunter2" not in str(refused.value)
