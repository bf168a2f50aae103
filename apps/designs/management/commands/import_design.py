"""`manage.py import_design FILE …`: design documents from files into new design sessions."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from apps.accounts.actors import Actor
from apps.accounts.domain.guests import as_guest
from apps.accounts.models import User
from apps.core.errors import Invalid
from apps.designs.document.limits import MAX_BYTES
from apps.designs.document.types import DesignDocument
from apps.designs.document.validation import parse_text
from apps.designs.domain.importing import import_design

REFUSED = 2  # exit status


class Command(BaseCommand):
    help = (
        "Makes a design session of each file and prints its id and address. If one file has a "
        "fault, nothing at all is imported: every fault is printed with its place, exit status 2."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="- reads standard input")
        parser.add_argument("--owner", metavar="EMAIL", help="the account that gets the designs")

    def handle(self, *, files: list[str], owner: str | None, **_: Any) -> None:
        documents = self._read_all(files)
        with transaction.atomic():
            actor = self._owner(owner)
            designs = [import_design(actor, document) for document in documents]
        for design in designs:
            self.stdout.write(f"{design.id}\t/designs/{design.id}/\t{design.title}")

    def _read_all(self, files: list[str]) -> list[DesignDocument]:
        documents = [document for file in files if (document := self._read(file)) is not None]
        if len(documents) < len(files):
            raise CommandError("Nothing was imported.", returncode=REFUSED)
        return documents

    def _read(self, file: str) -> DesignDocument | None:
        """The document, or None once the reasons against it have been printed."""
        try:
            return parse_text(_bytes_of(file))
        except OSError as error:
            self.stderr.write(f"{file}: cannot be read: {error.strerror}")
        except Invalid as error:
            for fault in error.faults:
                self.stderr.write(f"{file}: {fault.path} {fault.reason}")
        return None

    def _owner(self, email: str | None) -> Actor:
        if email:
            user = User.objects.filter(email__iexact=email).first()
            if user is None:
                raise CommandError(
                    f"There is no account with the address {email}.", returncode=REFUSED
                )
            return Actor(user_id=user.id, name=user.display_name)
        accounts = list(User.objects.filter(is_active=True)[:2])
        if len(accounts) == 1:
            return Actor(user_id=accounts[0].id, name=accounts[0].display_name)
        self.stderr.write("No account owns this import: give --owner to open it in a browser.")
        return as_guest(Actor(), "Import")


def _bytes_of(file: str) -> bytes:
    """At most one byte more than a document may have: enough to see that it is too large."""
    if file == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    with Path(file).open("rb") as stream:
        return stream.read(MAX_BYTES + 1)
