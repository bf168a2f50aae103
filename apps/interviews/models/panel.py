"""What the submitted cards of an interview come to: rows that pages and dashboards read.

They are written anew in the transaction of every submission and revision (`domain.panel`).
"""

from django.db import models

from apps.core.ids import new_id
from apps.interviews.models.interview import Interview


class PanelStep(models.Model):
    """One row of the heat map: a step, a criterion, "xc" for all across the session, "total"."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # Found by the index of the constraint below.
    interview = models.ForeignKey(
        Interview, on_delete=models.CASCADE, related_name="panel_steps", db_index=False
    )
    item = models.CharField(max_length=80)
    mean = models.FloatField(null=True, blank=True)
    median = models.FloatField(null=True, blank=True)
    spread = models.FloatField(default=0)  # largest less smallest
    raters = models.PositiveSmallIntegerField(default=0)
    levels = models.JSONField(default=dict)  # participant id -> level or mean of levels

    class Meta:
        ordering = ["item"]
        constraints = [
            models.UniqueConstraint(fields=["interview", "item"], name="panel_step_once")
        ]
        indexes = [
            # How levels spread over many interviews is read from it alone.
            models.Index(fields=["interview", "item", "mean"], name="panel_step_means"),
        ]

    def __str__(self) -> str:
        return f"{self.item} of {self.interview_id}"


class PanelResult(models.Model):
    interview = models.OneToOneField(
        Interview, on_delete=models.CASCADE, related_name="result", primary_key=True
    )
    rubric_id = models.CharField(max_length=80)
    rubric_version = models.CharField(max_length=40)
    total = models.FloatField(null=True, blank=True)
    total_equal = models.FloatField(null=True, blank=True)  # by the preset `equal`
    band = models.CharField(max_length=10, blank=True)
    band_equal = models.CharField(max_length=10, blank=True)
    flips = models.BooleanField(default=False)  # the two bands differ
    coverage = models.FloatField(default=0)  # 0 to 1
    raters = models.PositiveSmallIntegerField(default=0)
    ones = models.JSONField(default=list)  # criteria of weight 3 that somebody put at level 1
    why_no_total = models.TextField(blank=True)
    machine_total = models.FloatField(null=True, blank=True)
    refreshed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["rubric_id", "rubric_version"], name="panel_by_rubric"),
        ]

    def __str__(self) -> str:
        return f"{self.total} of {self.interview_id}"
