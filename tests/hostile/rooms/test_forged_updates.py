"""Updates that are right in form and strange in every other way, from two people and an observer.

Contents, roots, parents, neighbours, clocks, client ids (also those of others) and deletions are
all drawn: see tests/rooms/room/generator.py. HOSTILE_FORGERIES says how many in all, HOSTILE_SEED
the first seed.
"""

import os
from collections.abc import Callable
from dataclasses import asdict

import pytest

from apps.rooms.room.protocol import Refusal
from tests.hostile.rooms.conftest import OUTCOME
from tests.hostile.rooms.intruders import MUCH_TOO_SLOW_S
from tests.hostile.rooms.rounds import Libraries, forgeries, play
from tests.rooms.room.libraries import needs_node

FORGERIES = int(os.environ.get("HOSTILE_FORGERIES", "20000"))
FIRST_SEED = int(os.environ.get("HOSTILE_SEED", "0"))
A_ROUND = 200

pytestmark = needs_node


@pytest.mark.parametrize("seed", range(FIRST_SEED, FIRST_SEED + FORGERIES // A_ROUND))
def test_forged_updates_disturb_nobody(
    seed: int, libraries: Libraries, record_property: Callable[[str, object], None]
) -> None:
    outcome = play(seed, forgeries, A_ROUND, libraries)

    record_property(OUTCOME, asdict(outcome))
    assert outcome.rows
    assert {Refusal.NOT_YOURS, Refusal.MALFORMED} <= set(outcome.reasons)
    assert set(outcome.reasons) <= set(Refusal)
    assert outcome.worst_s < MUCH_TOO_SLOW_S
