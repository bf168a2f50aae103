"""A scoring of one design at one moment: what was read, by which rubric, what came out."""

from django.db import models

from apps.core.ids import new_id
from apps.designs.models import DesignSession


class ScoreRun(models.Model):
    """The document that was read is kept, so that the score can be made again and checked."""

    class Status(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    design = models.ForeignKey(DesignSession, on_delete=models.CASCADE, related_name="score_runs")
    seq = models.BigIntegerField()  # of the live document that was read
    document = models.JSONField()
    rubric_id = models.CharField(max_length=80)
    rubric_version = models.CharField(max_length=40)
    rubric_sha256 = models.CharField(max_length=64)
    engine_id = models.CharField(max_length=40)
    engine_version = models.CharField(max_length=40)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.QUEUED)
    done_steps = models.PositiveSmallIntegerField(default=0)
    total_steps = models.PositiveSmallIntegerField()
    result = models.JSONField(null=True, blank=True)  # the reply of docs/design-document.md
    reason = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["design", "-created_at"], name="run_by_design")]
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "design",
                    "seq",
                    "rubric_id",
                    "rubric_sha256",
                    "engine_id",
                    "engine_version",
                ],
                name="run_once_per_state_and_version",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="done") | models.Q(result__isnull=False),
                name="done_run_has_a_result",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="failed") | ~models.Q(reason=""),
                name="failed_run_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.status} score of {self.design_id} at {self.seq}"


class Evaluation(models.Model):
    """A comparison of the engine with people's ratings that somebody chose to keep."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    rubric_id = models.CharField(max_length=80)
    rubric_sha256 = models.CharField(max_length=64)
    engine_id = models.CharField(max_length=40)
    engine_version = models.CharField(max_length=40)
    channels = models.JSONField()
    report = models.JSONField()  # as `manage.py evaluate_scoring --json` prints it
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.rubric_id} by {self.engine_id} {self.engine_version} beside people"
