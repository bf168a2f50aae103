"""Does a candidate's browser notice that interviewers write? Not by a byte, in hundreds of tries.

How long its own edits take then is measured by `make bench-silence`, in thousands.
"""

import random

from apps.rooms.room.protocol import stored_frame
from tests.rooms.peer import write_note
from tests.rooms.product import Product, come_by_link, share, start_a_board
from tests.rooms.remote import joined

RUNS = 300
SEED = 5


async def test_candidates_hear_of_their_own_edits_and_of_nothing_else(product: Product) -> None:
    owner, design_id = start_a_board(product.url)
    _, path = share(owner, design_id, "candidate")
    candidate = come_by_link(product.url, path, "Bob")
    chance = random.Random(SEED)

    async with (
        joined(owner, design_id, document="own") as own,
        joined(owner, design_id, document="private") as shared,
        joined(candidate, design_id) as bob,
    ):
        for _ in range(RUNS):
            for notes in (own, shared):
                if chance.random() < 0.5:
                    await notes.edit(write_note("general", "Weak on metrics. "))
                    await notes.saved()
            await bob.edit(write_note("data", "x"))
            await bob.saved()

        assert bob.heard == [stored_frame(1 + n, 1 + n) for n in range(1, RUNS + 1)]
