"""The product as a user starts it, in a process of its own: start, kill, start again."""

import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
# Bounds for what hangs, not for what is slow: other work may keep the machine busy.
START_WITHIN_S = 120
STOP_WITHIN_S = 60
# Below those that systems hand out by themselves: a server that is down for a moment would find its
# port taken by somebody's connection.
PORTS = range(10_000, 32_000)


def free_port() -> int:
    while True:
        port = random.choice(PORTS)
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


@dataclass
class Server:
    """`manage.py serve` on a free port, with a data folder of its own. The port stays the same
    over restarts, so that browsers find their way back."""

    data: Path
    environment: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.data / "server.log"

    def prepare(self) -> None:
        """Makes the database with its content and demo data."""
        self.manage("prepare")

    def manage(self, *arguments: str) -> str:
        """Runs a `manage.py` command on this server's data; returns what it printed."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=self._environment(), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{arguments} failed:\n{done.stdout}{done.stderr}"
        return done.stdout

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self._command(), cwd=ROOT, env=self._environment(), stdout=log, stderr=log
            )
        self._wait_until_ready()

    def try_to_start(self) -> tuple[int, str]:
        """For a server that cannot start: its exit status and what it said."""
        done = subprocess.run(
            self._command(),
            cwd=ROOT,
            env=self._environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=START_WITHIN_S,
        )
        return done.returncode, done.stdout

    def kill(self) -> None:
        """As if the power went: SIGKILL, nothing is saved or said."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()
        self.process = None

    def stop(self) -> int:
        """As an operator does: SIGTERM. Returns the exit status."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(STOP_WITHIN_S)
        self.process = None
        return status

    def demo_sign_in_url(self) -> str:
        """The one-click address that the server printed at its start."""
        found = re.findall(r"Sign in to the demo with one click: (\S+)", self.log.read_text())
        assert found, f"no sign-in address in\n{self.log.read_text()}"
        return str(found[-1])

    def _command(self) -> list[str]:
        return [sys.executable, "manage.py", "serve", "--port", str(self.port)]

    def _environment(self) -> dict[str, str]:
        own = {"NINESTEP_DATA_DIR": str(self.data), "NINESTEP_DEMO": "1"}
        return {**_without_services(), **own, **self.environment}

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_WITHIN_S
        while not self._is_ready():
            assert self.process is not None
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise AssertionError(f"the server did not start:\n{self.log.read_text()}")
            time.sleep(0.05)

    def _is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=5):
                return True
        except (urllib.error.URLError, OSError):
            return False


def _without_services() -> dict[str, str]:
    """This process's variables, but not the test run's databases: a server starts embedded."""
    return {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "REDIS_URL"}}
