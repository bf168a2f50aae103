"""Seeded random runs: five seats a board, and kill -9 of the web process in the middle.

Every choice comes from the seed; the network and the machine choose the rest. Many boards share a
server and its death.
"""

import json
import random
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.e2e.server import ROOT
from tests.endurance.cast import acting
from tests.endurance.history import Remains, faults_in, history_of
from tests.endurance.stage import Guests, Stage, invite

ACTIONS_BEFORE = (40, 120)  # a board, until the kill
ACTIONS_AFTER = 60  # a board, at least, when the server is back


@dataclass(frozen=True)
class Report:
    """faults: a sentence for each broken promise."""

    seed: int
    actions: int
    edits: int
    acknowledged: int
    faults: tuple[str, ...]


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
    stored = read_stored(stage, [one.design_id for one in guests.values()])
    return [_report(one, guests[one["seed"]], stored) for one in outcomes]


def plan(seed: int, guests: Guests) -> dict[str, Any]:
    """Three writers, the second tab of one of them, and an observer. Now and then somebody comes
    with the stock client."""
    chance = random.Random(seed)
    roles = ["owner", "candidate", "interviewer", "candidate", "observer"]
    kinds = chance.choices(["own", "stock"], [4, 1], k=len(roles))
    return {
        "seed": seed,
        "isRough": True,
        "seats": [guests.seat(*one) for one in zip(roles, kinds, strict=True)],
        "newcomer": guests.seat("observer", "own"),
    }


def read_stored(stage: Stage, design_ids: Iterable[str]) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.endurance.stored", *design_ids]
    done = subprocess.run(
        command, cwd=ROOT, env=stage.variables, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    forms: dict[str, Any] = json.loads(done.stdout)
    return forms


def _report(outcome: Mapping[str, Any], guests: Guests, stored: Mapping[str, Any]) -> Report:
    history = history_of(outcome["events"])
    pieces = {path: (version, value) for path, (version, value) in outcome["pieces"]}
    faults = [
        *_unrest(outcome),
        *faults_in(history, Remains(pieces, outcome["residue"])),
        *(
            f"the board by {form} is another than in the browsers"
            for form, content in stored[guests.design_id].items()
            if content != outcome["content"]
        ),
        *differences(outcome["content"], guests.document),
    ]
    acknowledged = sum(edit.is_acknowledged for edit in history.edits)
    return Report(
        outcome["seed"], outcome["actions"], len(history.edits), acknowledged, tuple(faults)
    )


def _unrest(outcome: Mapping[str, Any]) -> list[str]:
    found = []
    if outcome["settled"] is not True:
        found.append(f"not all seats came to rest: {outcome['settled']}")
    if outcome["equal"] is not True:
        found.append(f"the seats see different boards: {json.dumps(outcome['equal'])}")
    return found


def differences(content: Mapping[str, Any], document: Mapping[str, Any]) -> list[str]:
    """Between the live board and the document that the REST interface gives."""
    cards, lines = content["components"], content["connections"]
    shown = {k: v for k, v in lines.items() if v["source"] in cards and v["target"] in cards}
    board = document["board"]
    pairs = {
        "notes": (content["notes"], {step["id"]: step["notes"] for step in document["steps"]}),
        "components": (
            _some(cards, "name", "x", "y"),
            _by_id(board["components"], "name", "x", "y"),
        ),
        "connections": (_some(shown, "label"), _by_id(board["connections"], "label")),
    }
    return [
        f"{name}: the REST document has {there}, the board {here}"
        for name, (here, there) in pairs.items()
        if here != there
    ]


def _some(items: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    return {item_id: [item[key] for key in keys] for item_id, item in items.items()}


def _by_id(items: Iterable[Mapping[str, Any]], *keys: str) -> dict[str, Any]:
    return {item["id"]: [item[key] for key in keys] for item in items}
