"""The server as a process: it answers, survives a kill, ends in good order."""

import json
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.e2e.server import Server


def read(url: str) -> str:
    with urllib.request.urlopen(url) as response:
        return str(response.read().decode())


def test_every_part_of_a_fresh_server_answers(server: Server) -> None:
    assert json.loads(read(f"{server.url}/readyz")) == {
        "channel_layer": "ok",
        "database": "ok",
        "migrations": "ok",
    }


def test_the_printed_address_signs_in_with_one_click(server: Server, page: Page) -> None:
    page.goto(server.demo_sign_in_url())

    assert page.url == f"{server.url}/"


def test_a_killed_server_starts_again_on_its_data(own_server: Server) -> None:
    own_server.kill()

    own_server.start()

    assert read(f"{own_server.url}/healthz") == "ok\n"


def test_sigterm_ends_with_status_zero(own_server: Server) -> None:
    assert own_server.stop() == 0
    assert own_server.log.read_text().endswith("Ninestep has stopped.\n")


def test_work_that_was_interrupted_by_a_kill_is_taken_up_again(own_server: Server) -> None:
    # A row as a killed worker leaves it: leased, for longer than the new start takes.
    own_server.kill()
    own_server.manage("shell", "-v0", "-c", LEAVE_A_LEASED_JOB)

    own_server.start()

    assert wait_for_job(own_server) == "failed: This server does not know work of the kind 'x'."


@pytest.mark.parametrize(
    ("option", "value", "sentence"),
    [
        ("NINESTEP_DATA_DIR", "/proc/none", "The data folder /proc/none cannot be used"),
        ("DATABASE_URL", "postgresql://127.0.0.1:1/x", "The database does not answer"),
    ],
)
def test_a_start_that_cannot_be_is_one_sentence_and_status_2(
    option: str, value: str, sentence: str, prepared_data: Path
) -> None:
    broken = Server(prepared_data, environment={option: value})

    status, output = broken.try_to_start()

    assert (status, output.count("\n")) == (2, 1)
    assert output.startswith(sentence)


def test_a_busy_port_is_one_sentence_and_status_2(server: Server) -> None:
    status, output = Server(server.data, port=server.port).try_to_start()

    assert (status, output.count("\n")) == (2, 1)
    assert f"port {server.port} (Address already in use)" in output


def test_a_database_without_tables_is_one_sentence_and_status_2(tmp_path: Path) -> None:
    status, output = Server(tmp_path).try_to_start()

    assert (status, output.count("\n")) == (2, 1)
    assert output.startswith("The database is not up to date")


LEAVE_A_LEASED_JOB = """
from datetime import timedelta
from django.utils import timezone
from apps.core.models import Job
now = timezone.now()
Job.objects.create(kind="x", status="leased", attempts=1, lease_until=now + timedelta(hours=1),
                   sent_at=now)
"""
READ_THE_JOB = """
from apps.core.models import Job
job = Job.objects.get(kind="x")
print(f"{job.status}: {job.reason}")
"""


def wait_for_job(server: Server) -> str:
    for _ in range(20):
        state = server.manage("shell", "-v0", "-c", READ_THE_JOB).strip()
        if not state.startswith(("leased", "queued")):
            break
    return state
