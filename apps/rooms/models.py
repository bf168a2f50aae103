"""The log of each live document: the truth of every design session.

The database checks no foreign key of a row that people write by typing: each check would cost more
than the row. `domain.inserting` lets no row into a log that is not there.
"""

import secrets

from django.db import models
from django.db.models import Q

from apps.core.ids import new_id
from apps.designs.models import DesignSession, Participant
from apps.rooms.documents import DocumentKey, DocumentName

NAMES = [(name.value, name.value) for name in DocumentName]


def new_epoch() -> str:
    return secrets.token_hex(16)


class Log(models.Model):
    """The log of one document. Where it ends, only its rows say."""

    design = models.ForeignKey(DesignSession, on_delete=models.CASCADE, related_name="+")
    document = models.CharField(max_length=16, choices=NAMES)
    # Of a document that is one participant's own. It goes with them.
    owner = models.ForeignKey(
        Participant, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    # Names this history. Another one means that a client's copy may not be merged into it.
    epoch = models.CharField(max_length=32, default=new_epoch)
    # Why the document cannot be read, or nothing; and the last row up to which it could.
    quarantine = models.TextField(blank=True, default="")
    good_seq = models.BigIntegerField(null=True, blank=True)
    # Rows that could not be read and are no part of the document since: [first, last] of each run.
    left_out = models.JSONField(blank=True, default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["design", "document"], condition=Q(owner=None), name="log_once"
            ),
            models.UniqueConstraint(fields=["design", "document", "owner"], name="own_log_once"),
            models.CheckConstraint(
                condition=Q(owner=None) ^ Q(document=DocumentName.OWN.value),
                name="own_log_has_owner",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} of {self.design_id}"

    @property
    def key(self) -> DocumentKey:
        return DocumentKey(self.design_id, DocumentName(self.document), self.owner_id)

    def leaves_out(self, seq: int) -> bool:
        return any(first <= seq <= last for first, last in self.left_out)


class Update(models.Model):
    """One accepted change. participant is None for the server and for people without a name.

    A participant who was deleted leaves the id behind: the changes stay apart from those of others.
    """

    pk = models.CompositePrimaryKey("log_id", "seq")
    log = models.ForeignKey(
        Log, on_delete=models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    seq = models.BigIntegerField()
    participant = models.ForeignKey(
        Participant,
        null=True,
        blank=True,
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    at = models.DateTimeField()
    payload = models.BinaryField()

    def __str__(self) -> str:
        return f"log {self.log_id}: {self.seq}"


class Snapshot(models.Model):
    """The whole document as it was at a sequence number, so that reading need not replay all."""

    log = models.ForeignKey(Log, on_delete=models.CASCADE, related_name="+", db_index=False)
    seq = models.BigIntegerField()
    at = models.DateTimeField(auto_now_add=True)
    payload = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["log", "seq"], name="snapshot_once"),
        ]

    def __str__(self) -> str:
        return f"log {self.log_id} at {self.seq}"


class Version(models.Model):
    """A name for what the shared document says up to a sequence number of its log."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    design = models.ForeignKey(DesignSession, on_delete=models.CASCADE, related_name="versions")
    seq = models.BigIntegerField()
    name = models.CharField(max_length=80)
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-seq", "-at"]

    def __str__(self) -> str:
        return self.name


class Author(models.Model):
    """Who was the first to use a Yjs client id in a document; nobody else may."""

    pk = models.CompositePrimaryKey("log_id", "client")
    log = models.ForeignKey(Log, on_delete=models.CASCADE, related_name="+", db_index=False)
    client = models.BigIntegerField()
    participant = models.ForeignKey(
        Participant,
        null=True,
        blank=True,
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )

    def __str__(self) -> str:
        return f"log {self.log_id}: {self.client}"
