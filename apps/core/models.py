"""The job table: the truth about all work that happens behind a request."""

from django.db import models

from apps.core.ids import new_id


class Job(models.Model):
    """One piece of work. The queue of Celery only carries its id and may lose it."""

    class Status(models.TextChoices):
        QUEUED = "queued"
        LEASED = "leased"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=40)
    # What the work is about, a design session mostly; no foreign key, for core knows no sibling.
    subject = models.UUIDField(null=True, blank=True)
    payload = models.JSONField(default=dict)
    # Work with the same key is done once.
    key = models.CharField(max_length=200, null=True, blank=True, unique=True)
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    # Never counted anew: the fence that keeps a worker that lost its lease from writing.
    claims = models.PositiveIntegerField(default=0)
    # Asked for once more while it ran.
    is_wanted_again = models.BooleanField(default=False)
    lease_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField()  # when its id was last given to Celery
    resent = models.PositiveSmallIntegerField(default=0)  # so often since it was queued
    result = models.JSONField(null=True, blank=True)
    reason = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["status", "sent_at"], name="job_by_status"),
            models.Index(fields=["subject", "kind"], name="job_by_subject"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status="leased") | models.Q(lease_until__isnull=False),
                name="leased_job_has_a_lease",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="failed") | ~models.Q(reason=""),
                name="failed_job_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
