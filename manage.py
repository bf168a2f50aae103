#!/usr/bin/env python
"""Entry point of every command line task; `python manage.py help` lists them."""

import os
import sys


def main() -> None:
    # Scoring files needs no settings, database or apps; without them it starts at once.
    if sys.argv[1:2] == ["score"]:
        from apps.scoring import cli

        raise SystemExit(cli.main(sys.argv[2:]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "apps.config.settings")
    try:
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line
        from django.db import DatabaseError
    except ImportError as error:
        raise SystemExit(
            "Django is not installed for this Python. Run `make setup`, then use .venv/bin/python."
        ) from error
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(2) from None
    except DatabaseError as error:
        if "--traceback" in sys.argv:
            raise
        sys.stderr.write(
            f"The database does not answer as it should ({str(error).strip()}). Nothing was "
            "changed. Start it, or bring it up to date with `make setup`.\n"
        )
        raise SystemExit(2) from None


if __name__ == "__main__":
    main()
