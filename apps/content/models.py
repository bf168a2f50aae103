"""Versions of packs that were in use here, and problems that were written here."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.core.ids import new_id
from apps.teams.models import Organisation


class PackVersion(models.Model):
    """What a version of a pack said. A session that pinned it reads it after later ones came."""

    kind = models.CharField(max_length=20)
    pack_id = models.CharField(max_length=80)
    version = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64)
    document = models.JSONField()
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "pack_id", "version"], name="version_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pack_id} {self.version}"


class ProblemEdition(models.Model):
    """A problem as somebody wrote it in the interface: one draft, any number of published ones.

    The newest published edition stands in for a problem of the same id in the folders; if it is
    retired, the problem is no longer offered.
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        PUBLISHED = "published"
        RETIRED = "retired"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    problem_id = models.CharField(max_length=80)
    # Whose members alone see it; null: offered to everybody on this server.
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="editions"
    )
    version = models.CharField(max_length=40)
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    # The YAML that was typed; of a draft it may still have faults.
    source = models.TextField()
    # The document it makes, from publishing on.
    document = models.JSONField(null=True, blank=True)
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    edited_at = models.DateTimeField(auto_now=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["problem_id", "-published_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["problem_id"], condition=Q(state="draft"), name="draft_once_a_problem"
            ),
            models.UniqueConstraint(
                fields=["problem_id", "version"],
                condition=~Q(state="draft"),
                name="edition_once_a_version",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(document__isnull=False),
                name="published_edition_has_a_document",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.problem_id} {self.version}"
