"""The grown-up form: two web processes and a worker on PostgreSQL and Redis."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests.e2e.server import ROOT, Server, free_port

pytestmark = pytest.mark.services


@pytest.fixture
def services() -> Iterator[dict[str, str]]:
    """The variables that name a fresh database and a Redis database of their own."""
    admin = os.environ["DATABASE_URL"]
    with closing(psycopg.connect(admin, autocommit=True)) as connection:
        connection.execute("DROP DATABASE IF EXISTS several WITH (FORCE)")
        connection.execute("CREATE DATABASE several")
        yield {
            "DATABASE_URL": admin.replace("/postgres?", "/several?"),
            "REDIS_URL": f"{os.environ['REDIS_URL'].rpartition('/')[0]}/9",
        }


@pytest.fixture
def worker(services: dict[str, str], tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    environment = {**os.environ, **services, "NINESTEP_DATA_DIR": str(tmp_path)}
    command = [sys.executable, "-m", "celery", "-A", "apps.config", "worker"]
    with (tmp_path / "worker.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "--pool=threads", "--concurrency=2"],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=log,
        )
    yield process
    process.terminate()
    assert process.wait(20) == 0


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


def test_a_worker_of_its_own_does_the_work(
    web: list[Server], worker: subprocess.Popen[bytes]
) -> None:
    web[0].manage("shell", "-v0", "-c", ENQUEUE)

    for _ in range(20):
        state = web[1].manage("shell", "-v0", "-c", READ).strip()
        if not state.startswith(("queued", "leased")):
            break

    assert state == "failed: This server does not know work of the kind 'x'."
