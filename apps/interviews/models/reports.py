"""What a candidate was given to read, for as long as its link opens."""

from django.db import models

from apps.core.ids import new_id
from apps.interviews.models.interview import Interview


class ReleasedReport(models.Model):
    """body: only what was chosen, as it was then. Nothing else of the interview is in reach of
    who holds the link. Of the link's secret, a hash is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="reports")
    token_hash = models.CharField(max_length=64, unique=True)
    body = models.JSONField()
    released_by = models.CharField(max_length=80)
    released_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-released_at"]

    def __str__(self) -> str:
        return f"Report of {self.interview_id}"
