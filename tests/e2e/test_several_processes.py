"""The grown-up form: two web processes and a worker on PostgreSQL and Redis."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.server import Server, free_port
from tests.e2e.services import fresh_services, worker

pytestmark = pytest.mark.services


@pytest.fixture
def services(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A fresh database, a database of Valkey, and a worker at both."""
    variables = fresh_services("several", 9)
    with worker(variables, tmp_path):
        yield variables


@pytest.fixture
def web(services: dict[str, str], tmp_path: Path) -> Iterator[list[Server]]:
    """Two web processes; neither has a worker of its own."""
    servers = [Server(tmp_path, environment=services, port=free_port()) for _ in range(2)]
    servers[0].prepare()
    for server in servers:
        server.start()
    yield servers
    for server in servers:
        assert server.stop() == 0


ENQUEUE = """
from apps.core.jobs.queue import enqueue
enqueue("x", None, {}, key="k")
"""
READ = """
from apps.core.models import Job
job = Job.objects.get(key="k")
print(f"{job.status}: {job.reason}")
"""


def test_a_worker_of_its_own_does_the_work(web: list[Server]) -> None:
    web[0].manage("shell", "-v0", "-c", ENQUEUE)

    for _ in range(20):
        state = web[1].manage("shell", "-v0", "-c", READ).strip()
        if not state.startswith(("queued", "leased")):
            break

    assert state == "failed: This server does not know work of the kind 'x'."
