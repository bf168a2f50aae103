"""`manage.py load_content`: is all the content usable, and what is there?"""

from json import dumps as to_json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.content.counts import counts_of
from apps.content.loader import InvalidPack
from apps.content.references import check_packs

REFUSED = 2  # exit status


class Command(BaseCommand):
    help = "Checks every content pack and how they refer to one another; lists them with hashes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print counts only, as JSON")

    def handle(self, *, json: bool = False, **_: Any) -> None:
        try:
            packs = check_packs()
        except InvalidPack as error:
            raise CommandError(str(error), returncode=REFUSED) from error
        if json:
            self.stdout.write(to_json(counts_of(packs)))
            return
        for pack in packs:
            name = f"{pack.kind.folder}/{pack.id}"
            self.stdout.write(f"{pack.sha256[:12]}  {pack.version:8}  {name}")
        self.stdout.write(f"{len(packs)} packs are fine.")
