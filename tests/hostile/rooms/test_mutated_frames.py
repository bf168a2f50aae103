"""Real frames with something wrong disturb nobody, and what is taken of them reads alike.

HOSTILE_FRAMES says how many in all, HOSTILE_SEED the first seed. A failing seed is in the name of
the test, and that test replays it.
"""

import os
from collections.abc import Callable
from dataclasses import asdict

import pytest

from apps.rooms.room.protocol import Reason, Refusal
from tests.hostile.rooms.conftest import OUTCOME
from tests.hostile.rooms.intruders import MUCH_TOO_SLOW_S
from tests.hostile.rooms.rounds import Libraries, mutants, play
from tests.rooms.room.libraries import needs_node

FRAMES = int(os.environ.get("HOSTILE_FRAMES", "50000"))
FIRST_SEED = int(os.environ.get("HOSTILE_SEED", "0"))
A_ROUND = 500

pytestmark = needs_node


@pytest.mark.parametrize("seed", range(FIRST_SEED, FIRST_SEED + FRAMES // A_ROUND))
def test_mutated_frames_disturb_nobody(
    seed: int, libraries: Libraries, record_property: Callable[[str, object], None]
) -> None:
    outcome = play(seed, mutants, A_ROUND, libraries)

    record_property(OUTCOME, asdict(outcome))
    assert outcome.frames == A_ROUND
    assert outcome.rows
    assert set(outcome.reasons) <= {*Reason, *Refusal}
    assert outcome.worst_s < MUCH_TOO_SLOW_S
