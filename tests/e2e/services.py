"""The grown-up form's services: a PostgreSQL database and a Valkey of one's own, and a worker.

Needs a run with `-p tests.plugins.services`.
"""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg

from tests.e2e.server import ROOT

STOP_WITHIN_S = 20


def fresh_services(name: str, number: int) -> dict[str, str]:
    """The variables that lead to a new database `name` and to Valkey's database `number`."""
    admin = os.environ["DATABASE_URL"]
    with closing(psycopg.connect(admin, autocommit=True)) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name}")
    return {
        "DATABASE_URL": admin.replace("/postgres?", f"/{name}?"),
        "REDIS_URL": f"{os.environ['REDIS_URL'].rpartition('/')[0]}/{number}",
    }


@contextmanager
def worker(environment: Mapping[str, str], data: Path) -> Iterator[Path]:
    """A worker in a process of its own; yields the file that it logs to."""
    command = [sys.executable, "-m", "celery", "-A", "apps.config", "worker"]
    log = data / "worker.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, "--pool=threads", "--concurrency=2"],
            cwd=ROOT,
            env={**os.environ, **environment, "NINESTEP_DATA_DIR": str(data)},
            stdout=output,
            stderr=output,
        )
    try:
        yield log
    finally:
        process.terminate()
        status = process.wait(STOP_WITHIN_S)
    assert status == 0
