"""What have the interviewers written for themselves? By document and step, as text."""

from apps.designs.models import DesignSession
from apps.rooms import reader
from apps.rooms.documents import SCHEMAS, DocumentKey, DocumentName
from apps.rooms.domain.quarantine import open_readable
from apps.rooms.models import Log
from apps.rooms.reader import Want


def private_notes_of(design: DesignSession) -> list[dict[str, str]]:
    """One object a document. Raises ReaderFailed."""
    logs = Log.objects.filter(design=design).exclude(document=DocumentName.BOARD.value)
    return [_notes_of(log.key) for log in logs.order_by("id")]


def _notes_of(key: DocumentKey) -> dict[str, str]:
    opened = open_readable(key)
    return reader.read(opened.payloads, SCHEMAS[key.name], {Want.NOTES}).notes
