"""Chromium of the machine, and servers to point it at."""

import fcntl
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e import chromium, whole
from tests.e2e.seats import STATE_WITHIN_S
from tests.e2e.server import Server
from tests.e2e.whole import Played

# As long as everything else may take. Playwright's own five seconds are short on a busy machine.
expect.set_options(timeout=STATE_WITHIN_S * 1000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    program = chromium.program()
    if program is None:
        pytest.exit("No Chromium on the PATH. Run `make test`, which sets it up.", returncode=2)
    return {**browser_type_launch_args, "executable_path": program, "args": chromium.FLAGS}


@pytest.fixture(scope="session")
def prepared_data(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A data folder with database, content and demo data; copied, for making it takes seconds.

    The workers of a run share it: the first one makes it while the others wait.
    """
    own = tmp_path_factory.getbasetemp()
    folder = own if worker_id == "master" else own.parent
    data = folder / "prepared"
    with (folder / "prepared.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not data.exists():
            making = tmp_path_factory.mktemp("making")
            Server(making).prepare()
            making.rename(data)
    return data


@pytest.fixture(scope="session")
def server(prepared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all tests that leave it as they found it."""
    shared = Server(_copy(prepared_data, tmp_path_factory.mktemp("shared")))
    shared.start()
    yield shared
    assert shared.stop() == 0


@pytest.fixture
def own_server(prepared_data: Path, tmp_path: Path) -> Iterator[Server]:
    """A server of the test's own, to kill, restart and look into."""
    own = Server(_copy(prepared_data, tmp_path))
    own.start()
    yield own
    if own.process is not None:
        own.stop()


def _copy(prepared: Path, data: Path) -> Path:
    shutil.copytree(prepared, data, dirs_exist_ok=True)
    return data


@pytest.fixture(scope="session")
def played(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Iterator[Played]:
    """The whole interview, played once for all tests that look at what came of it."""
    with whole.services(tmp_path_factory.mktemp("whole"), worker_id) as played:
        whole.play(browser, played)
        yield played
