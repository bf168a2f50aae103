"""What runs beside the web server in its process: the sweeper and, embedded, a Celery worker."""

import logging
import threading

from celery._state import get_current_app
from celery.worker import WorkController
from django.db import close_old_connections

from apps.core.jobs import daily, worker
from apps.notifications.domain.ticking import tick

SWEEP_EVERY_S = 2.0
SWEEPS_A_TICK = 15
WORKER_THREADS = 2
STOP_WITHIN_S = 10.0

log = logging.getLogger(__name__)


class Sweeper:
    """Sends lost jobs again, every few seconds, and twice a minute what is due by the clock.

    Several processes may do so side by side.
    """

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sweeper", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join(STOP_WITHIN_S)

    def _run(self) -> None:
        sweeps = 0
        while not self._stopping.wait(SWEEP_EVERY_S):
            close_old_connections()
            sweeps += 1
            try:
                worker.sweep()
                daily.enqueue_due()
                if sweeps % SWEEPS_A_TICK == 0:
                    tick()
            except Exception:
                # The database or the broker may be away for a while; the next round tries again.
                log.exception("Looking for lost jobs failed; it is tried again")
        close_old_connections()


class EmbeddedWorker:
    """A Celery worker in a thread.

    WorkController rather than Celery's command line worker: that one would take over the process,
    with its signal handlers, its logging and its banner.
    """

    def __init__(self) -> None:
        get_current_app().finalize()
        self._controller = WorkController(
            app=get_current_app(),
            pool="threads",
            concurrency=WORKER_THREADS,
            without_gossip=True,
            without_mingle=True,
            without_heartbeat=True,
        )
        self._thread = threading.Thread(target=self._controller.start, name="worker", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Waits for what is running. Jobs that wait stay in the table, for the next start."""
        self._controller.stop()
        self._thread.join(STOP_WITHIN_S)
