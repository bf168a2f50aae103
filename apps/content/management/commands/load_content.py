"""`manage.py load_content`: is all the content that ships with this version usable?

It checks and reports, and stores nothing. Packs are files of the release and are read from there;
a table beside them could only come to disagree. What must outlive a release is stamped where it
is used: a design keeps its problem's text, a score the version of its rubric.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.content.loader import PACKS, InvalidPack, sha256_of
from apps.content.references import check_packs

REFUSED = 2  # exit status


class Command(BaseCommand):
    help = "Checks every content pack and how they refer to one another; lists them with hashes."

    def handle(self, **_: Any) -> None:
        try:
            packs = check_packs()
        except InvalidPack as error:
            raise CommandError(str(error), returncode=REFUSED) from error
        for file, version in packs:
            name = file.relative_to(PACKS).with_suffix("")
            self.stdout.write(f"{sha256_of(file)[:12]}  {version:8}  {name}")
        self.stdout.write(f"{len(packs)} packs are fine.")
