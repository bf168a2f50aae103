"""What came of a run: the history against the board, in browsers, in the store and over REST."""

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.e2e.server import ROOT
from tests.endurance.history import Remains, faults_in, history_of, story_of
from tests.endurance.stage import Guests, Stage


@dataclass(frozen=True)
class Report:
    """faults: a sentence for each broken promise. story: what the seats did and saw there."""

    seed: int
    actions: int
    edits: int
    acknowledged: int
    faults: tuple[str, ...]
    story: tuple[str, ...] = ()


def reports_on(
    outcomes: Iterable[Mapping[str, Any]], guests: Mapping[int, Guests], stage: Stage
) -> list[Report]:
    """guests: by seed. The stage must be running."""
    stored = read_stored(stage, [one.design_id for one in guests.values()])
    return [_report(one, guests[one["seed"]], stored) for one in outcomes]


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
    paths = {fault.partition(": ")[0] for fault in faults}
    return Report(
        outcome["seed"],
        outcome["actions"],
        len(history.edits),
        acknowledged,
        tuple(faults),
        tuple(story_of(paths, outcome["events"])) if faults else (),
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
