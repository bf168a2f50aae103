"""Times a candidate's edits while an interviewer types and while nobody does, and compares.

python -m bench.silence --runs 1000

Both kinds of runs come in a random order on one server, so that nothing but the typing tells them
apart. The test is that of permutations: how often does chance alone part two samples as far?
Exit status 1 when the candidate's socket got any other bytes.
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import mean, median, quantiles
from typing import Final, NamedTuple

import numpy as np

from tests.rooms.peer import write_note
from tests.rooms.product import Browser, Product, come_by_link, share, start_a_board
from tests.rooms.remote import Remote, joined

SHUFFLES: Final = 10_000
SEED: Final = 5
# Somebody types: a word goes out so often.
WORD: Final = "metrics "
# Between two edits, so that each finds the server at rest but for the typing.
PAUSE_S: Final = 0.02


class Run(NamedTuple):
    """lengths: of each frame that the candidate got until the edit was stored."""

    is_typed: bool
    seconds: float
    lengths: tuple[int, ...]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=1_000)
    runs_wanted = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        product = Product(Path(folder))
        product.migrate()
        product.start()
        try:
            runs = asyncio.run(_runs(product.url, runs_wanted))
        finally:
            product.stop()
    return _tell(runs)


async def _runs(url: str, count: int) -> list[Run]:
    owner, design_id = start_a_board(url)
    _, path = share(owner, design_id, "candidate")
    candidate: Browser = come_by_link(url, path, "Bob")
    chance = random.Random(SEED)
    async with (
        joined(owner, design_id, document="own") as notes,
        joined(candidate, design_id) as bob,
    ):
        return [await _run(notes, bob, is_typed=chance.random() < 0.5) for _ in range(count)]


async def _run(notes: Remote, bob: Remote, *, is_typed: bool) -> Run:
    await asyncio.sleep(PAUSE_S)
    bob.heard.clear()
    begun = time.perf_counter()
    if is_typed:
        await notes.edit(write_note("general", WORD))
    await bob.edit(write_note("data", "x"))
    await bob.saved()
    seconds = time.perf_counter() - begun
    return Run(is_typed, seconds, tuple(len(frame) for frame in bob.heard))


def _tell(runs: Sequence[Run]) -> int:
    typed, quiet = ([one for one in runs if one.is_typed is kind] for kind in (True, False))
    for name, sample in (("while somebody types", typed), ("while nobody does", quiet)):
        times = [one.seconds * 1e3 for one in sample]
        print(
            f"{name}: {len(times)} edits, {median(times):.2f} ms median, {_p95(times):.2f} ms p95"
        )
    print(f"p = {_chance_of(typed, quiet):.4f} that chance parts the mean times as far")
    others = sorted({one.lengths for one in runs if len(one.lengths) != 1})
    print(f"frames besides the answer to the own edit: {others or 'none'}")
    return 1 if others else 0


def _p95(times: Sequence[float]) -> float:
    return quantiles(times, n=20)[-1]


def _chance_of(typed: Sequence[Run], quiet: Sequence[Run]) -> float:
    """Two-sided, by SHUFFLES permutations of which run was which."""
    times = np.array([one.seconds for one in (*typed, *quiet)])
    rng = np.random.default_rng(SEED)
    apart = abs(mean(times[: len(typed)]) - mean(times[len(typed) :]))
    further = 0
    for _ in range(SHUFFLES):
        rng.shuffle(times)
        further += abs(times[: len(typed)].mean() - times[len(typed) :].mean()) >= apart
    return (further + 1) / (SHUFFLES + 1)


if __name__ == "__main__":
    sys.exit(main())
