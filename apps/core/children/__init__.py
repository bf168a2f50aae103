"""Work that may hang, crash or eat memory, in child processes that may be killed.

`child` starts one and talks with it, `pool` keeps it for the next question, `inside` is what the
program on the other end needs. Plain Python; what is said is up to who uses it.
"""

from apps.core.children.child import Child, Ended, NotStarted, OutOfTime
from apps.core.children.pool import Pool, WhileWaiting

__all__ = ["Child", "Ended", "NotStarted", "OutOfTime", "Pool", "WhileWaiting"]
