"""Seeded random runs: five seats a board, and kill -9 of the web process in the middle.

Every choice comes from the seed; the network and the machine choose the rest. Many boards share a
server and its death.
"""

import random
from collections.abc import Sequence
from typing import Any

from tests.endurance.cast import acting
from tests.endurance.stage import IN_A_HURRY, Guests, Stage, invite
from tests.endurance.verdict import Report, reports_on

ACTIONS_BEFORE = (40, 120)  # a board, until the kill
ACTIONS_AFTER = 60  # a board, at least, when the server is back


def play(seeds: Sequence[int], stage: Stage) -> list[Report]:
    """One board a seed, all at once, on a running server; it is killed and comes back."""
    guests = {seed: invite(stage.url) for seed in seeds}
    before = random.Random(seeds[0]).randint(*ACTIONS_BEFORE) * len(seeds)
    with acting([plan(seed, guests[seed]) for seed in seeds]) as cast:
        cast.act_until(before)
        stage.kill()
        stage.start()
        cast.act_until(cast.actions + ACTIONS_AFTER * len(seeds))
        outcomes = list(cast.finish())
    return reports_on(outcomes, guests, stage)


def plan(seed: int, guests: Guests) -> dict[str, Any]:
    """Three writers, the second tab of one of them, and an observer. Now and then somebody comes
    with the stock client."""
    chance = random.Random(seed)
    roles = ["owner", "candidate", "interviewer", "candidate", "observer"]
    kinds = chance.choices(["product", "asking", "stock"], [4, 1, 1], k=len(roles))
    return {
        "seed": seed,
        "isRough": True,
        "seats": [guests.seat(*one, IN_A_HURRY) for one in zip(roles, kinds, strict=True)],
        "newcomer": guests.seat("observer", "product", IN_A_HURRY),
    }
