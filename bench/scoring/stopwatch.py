"""Runs a command and says what it took: `python -m bench.scoring.stopwatch COMMAND …`.

A small process of its own, because a child's peak memory counts that of its parent at its birth.
rss_mb: of the largest process of all that the command started.
"""

import json
import os
import subprocess
import sys
import time


def main() -> int:
    started = time.monotonic()
    process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    figures = {
        "wall_s": time.monotonic() - started,
        "cpu_s": usage.ru_utime + usage.ru_stime,
        "rss_mb": usage.ru_maxrss / 1024,
    }
    print(json.dumps(figures))
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode


if __name__ == "__main__":
    sys.exit(main())
