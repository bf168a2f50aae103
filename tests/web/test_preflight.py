"""What keeps the server from starting is told in one sentence that says what to do."""

import socket
from pathlib import Path

import pytest
from django.db import DatabaseError

from apps.web.serving import preflight
from apps.web.serving.preflight import NotReady


def test_a_data_folder_is_made_if_it_can_be(tmp_path: Path) -> None:
    preflight.check_data_folder(tmp_path / "new" / "data")

    assert list((tmp_path / "new" / "data").iterdir()) == []


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()

    with pytest.raises(NotReady) as caught:
        preflight.check_data_folder(file / "data")

    assert str(caught.value) == (
        f"The data folder {file / 'data'} cannot be written to (Not a directory). "
        "Make it writable, or name another in NINESTEP_DATA_DIR."
    )


def test_a_busy_port_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        with pytest.raises(NotReady) as caught:
            preflight.listen("127.0.0.1", port)

    assert str(caught.value) == (
        f"Nothing can listen on 127.0.0.1, port {port} (Address already in use). "
        "Stop what uses it, or choose another: make run PORT=8001."
    )


def test_a_host_that_does_not_exist_is_refused() -> None:
    with pytest.raises(NotReady, match=r"Nothing can listen on no\.such\.host\.invalid, port 8000"):
        preflight.listen("no.such.host.invalid", 8000)


def test_a_port_that_does_not_exist_is_refused() -> None:
    with pytest.raises(NotReady, match=r"There is no port 70000: ports go up to 65535\."):
        preflight.listen("127.0.0.1", 70000)


def test_listen_takes_the_port() -> None:
    with preflight.listen("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        with pytest.raises(NotReady):
            preflight.listen("127.0.0.1", port)


@pytest.mark.django_db
def test_a_migrated_database_is_fine() -> None:
    preflight.check_database()


def test_a_missing_migration_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preflight, "missing_migrations", lambda: ["core.0009_more"])

    with pytest.raises(NotReady, match=r"1 migrations are missing, the first is core\.0009_more"):
        preflight.check_database()


def test_a_database_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(connection: object) -> None:
        raise DatabaseError("connection refused\nIs the server running?")

    monkeypatch.setattr(preflight, "MigrationExecutor", refuse)

    with pytest.raises(NotReady) as caught:
        preflight.check_database()

    assert str(caught.value) == (
        "The database does not answer (connection refused). Start it, or correct DATABASE_URL."
    )


def test_pages_that_were_not_built_are_told(tmp_path: Path) -> None:
    with pytest.raises(NotReady, match=r"The pages have not been built .* Run `make setup`\."):
        preflight.check_frontend(tmp_path / "manifest.json")
