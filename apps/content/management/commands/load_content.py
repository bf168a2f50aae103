"""`manage.py load_content`: is all the content usable, and what is there?

Packs are read from their folders. The database only remembers what each version said, for the
sessions that pinned one; a second call finds nothing to do. Without tables, as on an author's
fresh checkout, packs are checked all the same.
"""

from json import dumps as to_json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.content.checks import check_packs
from apps.content.counts import counts_of
from apps.content.domain.versions import has_tables, record_versions
from apps.core.errors import Invalid

REFUSED = 2  # exit status


class Command(BaseCommand):
    help = "Checks every content pack, remembers its version, and lists all with their hashes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print counts only, as JSON")
        parser.add_argument(
            "--replace",
            action="store_true",
            help="take packs that changed under the same version, for authors at work",
        )

    def handle(self, *, json: bool, replace: bool, **_: Any) -> None:
        try:
            packs = check_packs()
            if has_tables():
                record_versions(packs, replace=replace)
        except Invalid as error:
            raise CommandError(str(error), returncode=REFUSED) from error
        if json:
            self.stdout.write(to_json(counts_of(packs)))
            return
        for pack in packs:
            name = f"{pack.kind.folder}/{pack.id}"
            self.stdout.write(f"{pack.sha256[:12]}  {pack.version:8}  {name}")
        self.stdout.write(f"{len(packs)} packs are fine.")
