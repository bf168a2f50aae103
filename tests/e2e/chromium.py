"""The machine's own Chromium: Playwright's is not downloaded."""

import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",  # it refuses to run as root with one
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
    # A page that a test has fetched and handed on comes from no address that Chromium knows; its
    # sockets to this machine would be refused.
    "--disable-features=LocalNetworkAccessChecks",
]


def program() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)
