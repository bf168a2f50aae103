"""The log of each live document: the truth of every design session."""

from django.db import models

from apps.designs.models import DesignSession, Participant
from apps.rooms.documents import DocumentName

NAMES = [(name.value, name.value) for name in DocumentName]


class Head(models.Model):
    """The last sequence number of a log. Whoever appends holds its lock."""

    design = models.ForeignKey(DesignSession, on_delete=models.CASCADE, related_name="+")
    document = models.CharField(max_length=16, choices=NAMES)
    seq = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["design", "document"], name="one_head_a_log"),
        ]

    def __str__(self) -> str:
        return f"{self.document} of {self.design_id} at {self.seq}"


class Update(models.Model):
    """One accepted change. participant is None for the server and for people without a name."""

    design = models.ForeignKey(DesignSession, on_delete=models.CASCADE, related_name="+")
    document = models.CharField(max_length=16, choices=NAMES)
    seq = models.BigIntegerField()
    participant = models.ForeignKey(
        Participant, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    payload = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["design", "document", "seq"], name="update_seq_once"),
        ]

    def __str__(self) -> str:
        return f"{self.document} of {self.design_id}: {self.seq}"


class Snapshot(models.Model):
    """The whole document as it was at a sequence number, so that reading need not replay all."""

    design = models.ForeignKey(DesignSession, on_delete=models.CASCADE, related_name="+")
    document = models.CharField(max_length=16, choices=NAMES)
    seq = models.BigIntegerField()
    at = models.DateTimeField(auto_now_add=True)
    payload = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["design", "document", "seq"], name="snapshot_seq_once"),
        ]

    def __str__(self) -> str:
        return f"{self.document} of {self.design_id} at {self.seq}"
