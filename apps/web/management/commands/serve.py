"""Starts the server: pages, sockets and, unless REDIS_URL is set, the worker, in one process."""

import os
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from apps.core.jobs.worker import expire_leases
from apps.web.demo import demo_sign_in_url
from apps.web.serving import addresses, preflight, preparing, server
from apps.web.serving.background import EmbeddedWorker, Sweeper


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default=os.environ.get("HOST") or "127.0.0.1")
        parser.add_argument("--port", type=int, default=os.environ.get("PORT") or "8000")
        parser.add_argument(
            "--with-worker",
            action="store_true",
            help="run a worker in this process although REDIS_URL is set",
        )
        parser.add_argument(
            "--prepare", action="store_true", help="bring the database up to date first"
        )

    def handle(
        self, *, host: str, port: int, with_worker: bool, prepare: bool, **_options: Any
    ) -> None:
        try:
            if prepare:
                preparing.prepare()
            preflight.check_all()
            listener = preflight.listen(host, port)
        except preflight.NotReady as error:
            self.stderr.write(str(error))
            sys.exit(preflight.CANNOT_START)
        base_url = addresses.base_url(host, listener.getsockname()[1])
        settings.ALLOWED_HOSTS += addresses.names(host)
        if settings.PUBLIC_URL == settings.LOCAL_URL:
            settings.PUBLIC_URL = base_url.rstrip("/")
        server.run(listener, self.background(with_worker), ready=lambda: self.greet(base_url))
        self.stdout.write("Ninestep has stopped.")

    def background(self, with_worker: bool) -> list[server.Background]:
        if settings.EMBEDDED:
            # This process is the only worker: what is still leased was held by a killed one.
            expire_leases()
        worker = [EmbeddedWorker()] if settings.EMBEDDED or with_worker else []
        return [*worker, Sweeper()]

    def greet(self, base_url: str) -> None:
        self.stdout.write(f"Ninestep is running on {base_url} (stop it with Ctrl-C)")
        if url := demo_sign_in_url(base_url):
            self.stdout.write(f"Sign in to the demo with one click: {url}")
        self.stdout.flush()
