"""`manage.py worked_design PROBLEM [--answer ID]`: a worked design of a problem, as a document.

python manage.py worked_design rec-video > reference.json
python manage.py render reference.json --format png -o reference.png
"""

from json import dumps as to_json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.content import registry
from apps.content.worked import answer_document, reference_document
from apps.core.errors import NotFound


class Command(BaseCommand):
    help = "Prints a problem's reference design, or one of its worked answers, as a JSON document."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("problem", help="the id of a problem, such as rec-video")
        parser.add_argument("--answer", help="the id of a worked answer, such as level-3")

    def handle(self, *, problem: str, answer: str | None, **_: Any) -> None:
        try:
            task = registry.problem(problem)
            document = answer_document(task, answer) if answer else reference_document(task)
        except NotFound as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(to_json(document, ensure_ascii=False, indent=1))
