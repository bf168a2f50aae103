"""The times and sizes of a running room, in one place so that tests can change them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Timing:
    # Waits between tries of a store that fails; after the last the sockets are closed.
    retry_after_s: tuple[float, ...] = (0.1, 0.3, 1.0, 2.0, 4.0)
    # Under load, commits follow one another no faster than this.
    commit_window_s: float = 0.015
    # Private notes are stored this much later than they come.
    notes_lag_s: float = 0.1
    # A room with this many sockets says what is new at most every so often; a smaller one at once.
    large_room: int = 16
    tick_s: float = 0.005
    # An empty room stays loaded this long, for those who reconnect.
    unload_after_s: float = 30.0
    # Rows are made from the document after this much quiet, or this long into a busy stretch.
    quiet_s: float = 1.0
    busy_s: float = 20.0
    # Messages between processes may get lost: this often the log itself is asked.
    catch_up_every_s: float = 4.0
    # Rights that end by themselves (a link expires) are noticed this late at most.
    recheck_every_s: float = 20.0
    # Browsers ask whether their document is the right one; a room answers this often.
    check_every_s: float = 2.0
    # A document is summed up in a snapshot when this many rows have come since the last one, or
    # this many when its room is unloaded. To read 200 rows again costs less than a snapshot.
    snapshot_rows: int = 500
    snapshot_rows_at_last: int = 200


timing = Timing()
