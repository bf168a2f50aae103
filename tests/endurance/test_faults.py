"""One thing breaks while three people edit: it is back by itself within ten seconds, and nothing
that was acknowledged or shown is lost.

The seats wait and come back as the product's pages do. PostgreSQL is as durable as out of the box.
"""

import signal
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest

from tests.endurance.cast import Cast, acting
from tests.endurance.conftest import BACK_AFTER, STOPPED_FOR_S
from tests.endurance.serve import Fault
from tests.endurance.services import Killable, killable, make_database, open_folder
from tests.endurance.stage import AS_THE_PRODUCT, Guests, Stage, invite
from tests.endurance.verdict import reports_on

BACK_WITHIN_S = 10
HEALED_WITHIN_S = 5  # what one process tells another may get lost
A_WHILE = 60  # actions: a second or two
SEED = 1

# They share what they break, and measure time: `scripts/test` runs them alone, in one process.
pytestmark = pytest.mark.services


@dataclass
class House:
    """Everything that runs."""

    postgres: Killable
    valkey: Killable
    web: tuple[Stage, Stage]


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with open_folder() as folder, killable(folder) as (postgres, valkey), ExitStack() as running:
        make_database(postgres.url, "house")
        database = postgres.url.replace("/postgres?", "/house?")
        services = {"DATABASE_URL": database, "REDIS_URL": f"{valkey.url}0"}
        data = folder / "data"
        data.mkdir()
        web = Stage(data, services), Stage(data, services)
        web[0].prepare()
        for stage in web:
            running.callback(stage.end)
            stage.start()
        yield House(postgres, valkey, web)


@dataclass(frozen=True)
class Scene:
    cast: Cast
    record: Callable[[str, object], None]

    def breaks(self, fault: Callable[[], None], mend: Callable[[], None]) -> None:
        """Soon after the mending everybody's edits are stored and seen by all again."""
        self.cast.act_until(self.cast.actions + A_WHILE)
        fault()
        self.cast.act_until(self.cast.actions + A_WHILE)
        begun = time.monotonic()
        mend()
        self.is_well(begun, BACK_WITHIN_S)

    def is_well(self, since: float, within_s: float) -> None:
        assert self.cast.probe(), "edits do not get through any more"
        seconds = time.monotonic() - since
        self.record(BACK_AFTER, seconds)
        assert seconds < within_s


# Who sits at which of the two processes.
CANDIDATE = 1  # the seat, in the order of these
AT_ONE = {"owner": 0, "candidate": 0, "interviewer": 0, "observer": 0}
AT_TWO = {"owner": 0, "candidate": 1, "interviewer": 0, "observer": 1}
LOOKING_ON_ELSEWHERE = {"owner": 0, "candidate": 0, "interviewer": 0, "observer": 1}

Editing = Callable[[Mapping[str, int]], AbstractContextManager[Scene]]


@pytest.fixture
def editing(house: House, record_property: Callable[[str, object], None]) -> Editing:
    """Three people edit and one looks on. In the end the history must be in order."""

    @contextmanager
    def editing(processes: Mapping[str, int]) -> Iterator[Scene]:
        guests = invite(house.web[0].url)
        with acting([_plan(guests, house, processes)]) as cast:
            yield Scene(cast, record_property)
            outcomes = list(cast.finish())
        [report] = reports_on(outcomes, {SEED: guests}, house.web[0])
        assert report.faults == ()
        assert report.acknowledged

    return editing


def _plan(guests: Guests, house: House, processes: Mapping[str, int]) -> dict[str, Any]:
    return {
        "seed": SEED,
        "isRough": False,
        "seats": [
            guests.seat(role, "product", AS_THE_PRODUCT, house.web[number].url)
            for role, number in processes.items()
        ],
        "newcomer": guests.seat("observer", "product", AS_THE_PRODUCT),
    }


def test_kill_9_of_the_web_process(house: House, editing: Editing) -> None:
    with editing(AT_ONE) as scene:
        scene.breaks(house.web[0].kill, house.web[0].start)


def test_sigterm_of_the_web_process(house: House, editing: Editing) -> None:
    def stop() -> None:
        assert house.web[0].stop() == 0

    with editing(AT_ONE) as scene:
        scene.breaks(stop, house.web[0].start)


def test_a_web_process_that_hangs(
    house: House, editing: Editing, pytestconfig: pytest.Config
) -> None:
    """SIGSTOP, and later SIGCONT."""
    # Pytest knows the option only when it is started on this folder.
    stopped_for_s = pytestconfig.getoption("--stopped-for", STOPPED_FOR_S)
    process = house.web[0].process
    assert process is not None

    with editing(AT_ONE) as scene:

        def hang() -> None:
            process.send_signal(signal.SIGSTOP)
            over = time.monotonic() + stopped_for_s
            while time.monotonic() < over:
                scene.cast.act_until(scene.cast.actions + 1)

        scene.breaks(hang, lambda: process.send_signal(signal.SIGCONT))


def test_kill_9_of_postgresql(house: House, editing: Editing) -> None:
    with editing(AT_ONE) as scene:
        scene.breaks(house.postgres.kill, house.postgres.start)


def test_kill_9_of_valkey(house: House, editing: Editing) -> None:
    with editing(AT_TWO) as scene:
        scene.breaks(house.valkey.kill, house.valkey.start)


def test_a_full_disk(house: House, editing: Editing) -> None:
    """Every commit fails for a while."""
    web = house.web[0]
    with editing(AT_ONE) as scene:
        scene.breaks(
            lambda: web.set_fault(Fault.FULL_DISK, is_on=True),
            lambda: web.set_fault(Fault.FULL_DISK, is_on=False),
        )


def test_a_database_that_may_only_be_read(house: House, editing: Editing) -> None:
    with editing(AT_ONE) as scene:
        scene.breaks(
            lambda: set_read_only(house, is_on=True), lambda: set_read_only(house, is_on=False)
        )


def set_read_only(house: House, *, is_on: bool) -> None:
    with closing(psycopg.connect(house.postgres.url, autocommit=True)) as connection:
        connection.execute("SET default_transaction_read_only = off")
        connection.execute(
            "ALTER SYSTEM SET default_transaction_read_only = on"
            if is_on
            else "ALTER SYSTEM RESET default_transaction_read_only"
        )
        connection.execute("SELECT pg_reload_conf()")


def test_a_store_that_takes_two_seconds(house: House, editing: Editing) -> None:
    """Edits are acknowledged late, and nobody is sent away."""
    web = house.web[0]
    with editing(AT_ONE) as scene:
        web.set_fault(Fault.SLOW_STORE, is_on=True)
        assert scene.cast.probe()
        scene.breaks(lambda: None, lambda: web.set_fault(Fault.SLOW_STORE, is_on=False))


def test_what_one_process_tells_the_other_is_lost(house: House, editing: Editing) -> None:
    """The log is the truth: what was not heard of is found there, even by who only looks on."""
    with editing(LOOKING_ON_ELSEWHERE) as scene:
        scene.cast.act_until(A_WHILE)
        for stage in house.web:
            stage.set_fault(Fault.DEAF, is_on=True)
        begun = time.monotonic()
        scene.is_well(begun, HEALED_WITHIN_S)
        for stage in house.web:
            stage.set_fault(Fault.DEAF, is_on=False)


def test_a_restored_backup(house: House) -> None:
    """What came after the backup is gone from the board, and kept aside by who had it. Nothing of
    before is doubled or erased, and everybody goes on."""
    web = house.web[0]
    guests = invite(web.url)
    with acting([_plan(guests, house, AT_ONE)]) as cast:
        cast.act_until(A_WHILE)
        with _down(house):
            make_database(house.postgres.url, "backup", like="house")
            cast.note("backup")
        assert cast.probe()
        with _down(house):
            make_database(house.postgres.url, "house", like="backup")
        cast.act_until(cast.actions + A_WHILE)
        [outcome] = cast.finish()

    before, lost, after = _divided(outcome["events"])
    [report] = reports_on([{**outcome, "events": before + after}], {SEED: guests}, web)
    assert report.faults == ()
    assert any(event["kind"] == "acked" for event in lost)
    for seat, copies in enumerate(outcome["copies"][:3]):
        # A candidate who is back first may be told "not yours", and puts the fresh board aside
        # once more when somebody whom the server believes comes back and a new epoch begins.
        assert len(copies) == 1 or (seat == CANDIDATE and len(copies) == 2)
        assert _left_on_screen(lost, seat) <= set(copies[0])


Events = list[dict[str, Any]]


def _divided(events: Events) -> tuple[Events, Events, Events]:
    """Before the backup; until each seat has put its board aside; from then on."""
    before: Events = []
    lost: Events = []
    after: Events = []
    renewed: set[int] = set()
    has_backup = False
    for event in events:
        match event["kind"]:
            case "note":
                has_backup = True
            case "aside":
                renewed.add(event["seat"])
            case _ if not has_backup:
                before.append(event)
            case _:
                (after if event["seat"] in renewed else lost).append(event)
    return before, lost, after


def _left_on_screen(events: Events, seat: int) -> set[str]:
    """The paths of what came into a seat's view, and did not go from it."""
    there: set[str] = set()
    for event in events:
        for path, version, _old, _value in (
            event.get("effects", []) if event["seat"] == seat else []
        ):
            (there.discard if version is None else there.add)(path)
    return there


@contextmanager
def _down(house: House) -> Iterator[None]:
    for stage in house.web:
        assert stage.stop() == 0
    yield
    for stage in house.web:
        stage.start()
