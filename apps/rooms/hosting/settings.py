"""The times of a running room, in one place so that tests can shorten them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Timing:
    # Waits between tries of a store that fails; after the last the sockets are closed.
    retry_after_s: tuple[float, ...] = (0.1, 0.3, 1.0, 2.0, 4.0)
    # While people are busy, commits of the log start this far apart; what comes meanwhile joins.
    commit_window_s: float = 0.015
    # An empty room stays loaded this long, for those who reconnect.
    unload_after_s: float = 30.0
    # Rows are made from the document after this much quiet, or this long into a busy stretch.
    quiet_s: float = 1.0
    busy_s: float = 5.0
    # Messages between processes may get lost: this often the log itself is asked.
    catch_up_every_s: float = 5.0
    # Rights that end by themselves (a link expires) are noticed this late at most.
    recheck_every_s: float = 20.0
    # A document is stored whole when this many rows have come since the last time.
    snapshot_rows: int = 200


timing = Timing()
