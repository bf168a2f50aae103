"""The servers under test: how each is started on this machine, and whose CPU counts as theirs.

Everything lies in one temporary folder and dies with this process, however it ends.
"""

import contextlib
import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import psycopg
import redis

from tests.e2e.server import free_port
from tests.plugins.services import postgres, program, valkey, wait_until_up

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
MODULES = HERE / "node_modules"

OURS = "ninestep"
Y_WEBSOCKET = "y-websocket+leveldb"
HOCUSPOCUS = "hocuspocus+sqlite"
PEERS = (Y_WEBSOCKET, HOCUSPOCUS)

# What is acknowledged must survive a power cut: the tests' PostgreSQL does without.
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
# One address and one person are all clients here; limits are meant for many of each. They are
# raised rather than switched off: to count messages is part of the work.
HIGH_LIMITS = {
    "NINESTEP_MESSAGES_PER_SOCKET": "1000000",
    "NINESTEP_LIMITS_PER_PERSON": "10000,1000000,1000000",
    "NINESTEP_LIMITS_PER_LINK": "10000,1000000,1000000",
    "NINESTEP_LIMITS_PER_ADDRESS": "10000,1000000,1000000",
}


@dataclass(frozen=True)
class Server:
    """urls: socket addresses with %r for the room. processes: pids by what they are called."""

    name: str
    urls: tuple[str, ...]
    processes: Mapping[str, list[int]]
    protocol: str = "yjs"


# Peers -----------------------------------------------------------------------------------------


@contextlib.contextmanager
def y_websocket(folder: Path) -> Iterator[Server]:
    script = MODULES / "@y" / "websocket-server" / "src" / "server.js"
    storage = {"YPERSISTENCE": str(folder / "leveldb")}
    with _node(script, folder / "y-websocket.log", storage) as (port, pid):
        yield Server(Y_WEBSOCKET, (f"ws://127.0.0.1:{port}/%r",), {"node": [pid]})


@contextlib.contextmanager
def hocuspocus(folder: Path) -> Iterator[Server]:
    script = HERE / "peers" / "hocuspocus.mjs"
    storage = {"DATABASE": str(folder / "hocuspocus.sqlite3")}
    with _node(script, folder / "hocuspocus.log", storage) as (port, pid):
        urls = (f"ws://127.0.0.1:{port}/",)
        yield Server(HOCUSPOCUS, urls, {"node": [pid]}, protocol="hocuspocus")


@contextlib.contextmanager
def _node(script: Path, log: Path, storage: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """Runs a peer; yields its port and pid."""
    port = free_port()
    own = {"HOST": "127.0.0.1", "PORT": str(port), "NODE_ENV": "production"}
    environment = {**os.environ, **own, **storage}
    with program(["node", str(script)], log, stop="TERM", environment=environment) as process:
        wait_until_up(process, log, lambda: _answers(f"http://127.0.0.1:{port}/"))
        yield port, process.pid


# Ours ------------------------------------------------------------------------------------------


@dataclass
class Ninestep:
    """The grown-up form: web processes on a PostgreSQL and a Valkey of their own."""

    folder: Path
    environment: Mapping[str, str]
    services: Mapping[str, list[int]]
    cookie: str = ""
    _spare: list[str] = field(default_factory=list)

    def prepare(self) -> None:
        self._python("manage.py", "prepare")

    @contextlib.contextmanager
    def serve(self) -> Iterator[Server]:
        """One web process."""
        port = free_port()
        log = self.folder / f"web-{port}.log"
        command = [sys.executable, str(ROOT / "manage.py"), "serve", "--port", str(port)]
        with program(command, log, stop="TERM", environment=self.environment) as process:
            wait_until_up(process, log, lambda: _answers(f"http://127.0.0.1:{port}/readyz"))
            url = f"ws://127.0.0.1:{port}/ws/designs/%r/board"
            yield Server(OURS, (url,), {"web": [process.pid], **self.services})

    @contextlib.contextmanager
    def serve_beside(self, first: Server) -> Iterator[Server]:
        """A second web process; the two are measured as one server."""
        with self.serve() as second:
            web = first.processes["web"] + second.processes["web"]
            processes = {**first.processes, "web": web}
            yield replace(first, urls=first.urls + second.urls, processes=processes)

    def designs(self, count: int, at_least: int = 1) -> list[str]:
        """Ids of designs that nobody has opened yet; `at_least` so many are made at a time."""
        if len(self._spare) < count:
            answer = self._python("-m", "bench.sync.designs", str(max(count, at_least)))
            made = json.loads(answer)
            self.cookie = made["cookie"]
            self._spare += made["designs"]
        taken, self._spare = self._spare[:count], self._spare[count:]
        return taken

    def finish_jobs(self) -> None:
        """What a worker would have done by now, if one ran: what waits is sent to the queue again
        every two seconds, which no run is to pay for another."""
        with psycopg.connect(self.environment["DATABASE_URL"]) as connection:
            connection.execute("UPDATE core_job SET status = 'done' WHERE status = 'queued'")

    def _python(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return done.stdout


@contextlib.contextmanager
def ninestep(folder: Path) -> Iterator[Ninestep]:
    with postgres(folder, DURABLE) as database, valkey(folder) as cache:
        environment = {
            **os.environ,
            **HIGH_LIMITS,
            "NINESTEP_DATA_DIR": str(folder / "data"),
            "NINESTEP_LOG_LEVEL": "WARNING",
            "DATABASE_URL": database,
            "REDIS_URL": f"{cache}0",
        }
        services = {
            "postgres": [_pid_of_postgres(folder)],
            "valkey": [_pid_of_valkey(f"{cache}0")],
        }
        server = Ninestep(folder, environment, services)
        server.prepare()
        yield server


def _pid_of_postgres(folder: Path) -> int:
    return int((folder / "postgres" / "db" / "postmaster.pid").read_text().splitlines()[0])


def _pid_of_valkey(url: str) -> int:
    with contextlib.closing(redis.Redis.from_url(url)) as client:
        return int(client.info("server")["process_id"])


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5):
            return True
    except (urllib.error.URLError, OSError):
        return False
