"""A child that says a byte every 10 ms, for as long as it is asked to."""

import sys
import time

from apps.core.children.inside import READY, Line, limit_memory, limit_time

if __name__ == "__main__":
    limit_memory(512 << 20)
    line = Line()
    line.send(READY)
    with limit_time(cpu_s=5, wall_s=60):
        while True:
            for _ in range(line.read(1)[0]):
                line.send(b".")
                time.sleep(0.01)
    sys.exit(0)
