"""How often Python looks for cycles that nobody refers to any more.

At its defaults it took 15 % of the processor time of 50 busy rooms, and each full collection went
through everything that Django keeps, with all sockets waiting.
"""

import gc

ALLOCATIONS = 20_000  # more containers made than freed, before the youngest are looked at


def collect_seldom() -> None:
    """To be called once everything is loaded: that is never looked at again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(ALLOCATIONS, *gc.get_threshold()[1:])
