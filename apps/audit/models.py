"""The audit log: who did what, and when, so that a later change of it is seen.

Entries form a chain for each organisation, and one for the installation. Each entry holds the hash
of the one before it. What would tell who somebody is stands beside the chain, in `Personal`, and
the entry holds only a salted hash of it: an erasure deletes the value and the chain stays whole.

The database itself refuses changes of entries (`audit.guards`).
"""

import json
from typing import Any, ClassVar, NoReturn

from django.db import models

from apps.core.ids import new_id
from apps.core.json import JsonObject

INSTALLATION = "installation"  # the chain of what belongs to no organisation


class AppendOnly(Exception):
    """An entry of the audit log was to be changed or deleted."""


def refuse(*_: Any, **__: Any) -> NoReturn:
    raise AppendOnly("The audit log only grows: no entry is changed or deleted.")


class AppendOnlyQuerySet(models.QuerySet[Any]):
    update = refuse
    bulk_update = refuse
    delete = refuse


class Chain(models.Model):
    """Where a chain ends. Its row is also the lock that writers wait for.

    verified_*: what the last check of the whole chain found, and how far the chain went then.
    """

    name = models.CharField(primary_key=True, max_length=36)  # an organisation's id
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_seq = models.PositiveBigIntegerField(default=0)
    verified_fault = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return self.name


class AuditEntry(models.Model):
    """One thing that happened. `details` is the JSON text that was hashed, byte by byte.

    actor_hash and personal_hash commit to the values in `Personal`; empty where there are none.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="entries")
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=60)
    design_id = models.UUIDField(null=True, blank=True)
    organisation_id = models.UUIDField(null=True, blank=True)
    details_text = models.TextField()
    actor_hash = models.CharField(max_length=64, blank=True)
    personal_hash = models.CharField(max_length=64, blank=True)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    objects: ClassVar[models.Manager["AuditEntry"]] = models.Manager.from_queryset(
        AppendOnlyQuerySet
    )()

    class Meta:
        ordering = ["chain", "seq"]
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="audit_seq_once")]
        indexes = [
            models.Index(fields=["design_id", "at"], name="audit_by_design"),
            models.Index(fields=["chain", "kind", "seq"], name="audit_by_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.chain_id} {self.seq}: {self.kind}"

    def save(self, **options: Any) -> None:
        if not self._state.adding:
            refuse()
        super().save(**{**options, "force_insert": True})

    delete = refuse

    @property
    def details(self) -> JsonObject:
        details: JsonObject = json.loads(self.details_text)
        return details


class Personal(models.Model):
    """Values of an entry that tell who somebody is. Deleted on erasure; never changed."""

    class Part(models.TextChoices):
        ACTOR = "actor"  # {"id", "name"} of who did it
        ABOUT = "about"  # whom it was done to, and anything else that names people

    entry = models.ForeignKey(AuditEntry, on_delete=models.PROTECT, related_name="personal")
    part = models.CharField(max_length=5, choices=Part.choices)
    person_id = models.UUIDField(null=True, blank=True, db_index=True)  # whose values these are
    values_text = models.TextField()
    salt = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "part"], name="personal_part_once")]

    def __str__(self) -> str:
        return f"{self.part} of {self.entry_id}"

    def save(self, **options: Any) -> None:
        if not self._state.adding:
            refuse()
        super().save(**{**options, "force_insert": True})

    @property
    def values(self) -> JsonObject:
        values: JsonObject = json.loads(self.values_text)
        return values
