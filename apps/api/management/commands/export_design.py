"""`manage.py export_design ID`: a design session as a design document.

The command stands in this app because it reads the rooms' log, which designs do not know.
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from apps.designs.domain.exporting import file_text
from apps.designs.models import DesignSession
from apps.rooms.domain.reading import current_document

REFUSED = 2  # exit status


class Command(BaseCommand):
    help = "Writes a design session, as it is now, as a design document (JSON)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", metavar="ID")
        parser.add_argument("-o", "--output", metavar="FILE", help="standard output unless given")

    def handle(self, *, id: str, output: str | None, **_: Any) -> None:  # noqa: A002 as typed
        document, _seq = current_document(_find(id))
        text = file_text(document)
        if output is None:
            self.stdout.write(text, ending="")
            return
        try:
            Path(output).write_text(text, encoding="utf-8")
        except OSError as error:
            reason = f"{output} cannot be written: {error.strerror}."
            raise CommandError(reason, returncode=REFUSED) from error


def _find(design_id: str) -> DesignSession:
    try:
        return DesignSession.objects.get(id=UUID(design_id))
    except (ValueError, DesignSession.DoesNotExist) as error:
        reason = f"There is no design with the id {design_id}."
        raise CommandError(reason, returncode=REFUSED) from error
