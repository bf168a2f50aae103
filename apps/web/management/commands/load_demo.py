"""Fills an empty server with a demo: an owner, a live interview, a finished one, practice."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from apps.web.demo import EMAIL, load_demo


class Command(BaseCommand):
    help = "Creates the demo owner and their sessions; does nothing where they are already."

    def handle(self, *_args: Any, **_options: Any) -> None:
        with transaction.atomic():
            made = load_demo()
        said = f"{made} sessions made" if made else "the demo is there already"
        self.stdout.write(f"Demo owner {EMAIL}: {said}.")
