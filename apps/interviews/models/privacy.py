"""What candidates were told and agreed to, how long their data is kept, and what stays after."""

from django.db import models

from apps.core.ids import new_id
from apps.designs.models import Participant
from apps.interviews.models.interview import Interview
from apps.teams.models import Organisation


class Consent(models.Model):
    """A candidate read the notice and agreed. Withdrawn rows are kept: both are facts."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="consents")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    notice = models.TextField()  # the words that were shown
    notice_sha256 = models.CharField(max_length=64)
    covers_scoring = models.BooleanField()  # the notice said that a program scores
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["interview", "participant"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_consent_holds",
            )
        ]

    def __str__(self) -> str:
        return f"Consent of {self.participant_id}"


class RetentionRule(models.Model):
    """How long an organisation keeps interviews. Without a row the server's own rule holds."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="+", primary_key=True
    )
    months = models.PositiveSmallIntegerField()  # after the last contact; 0 keeps for ever
    warns_days = models.PositiveSmallIntegerField(default=14)
    keeps_statistics = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"{self.months} months"


class RetentionWarning(models.Model):
    """Somebody was told that an interview is about to be erased."""

    interview = models.OneToOneField(
        Interview, on_delete=models.CASCADE, related_name="retention_warning", primary_key=True
    )
    at = models.DateTimeField()
    erases_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Warning for {self.interview_id}"


class ErasedInterview(models.Model):
    """What statistics keep of an interview that was erased: levels, without words or people.

    Its id is new, and it knows no more of the time than the month.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    month = models.DateField()
    problem_id = models.CharField(max_length=80, blank=True)
    rubric_id = models.CharField(max_length=80, blank=True)
    rubric_version = models.CharField(max_length=40, blank=True)
    raters = models.PositiveSmallIntegerField(default=0)
    total = models.FloatField(null=True, blank=True)
    medians = models.JSONField(default=dict)  # step or criterion id -> median level

    def __str__(self) -> str:
        return f"Erased interview of {self.month:%Y-%m}"


class GroupAnswer(models.Model):
    """Which groups a candidate says to belong to, for fairness counts only.

    `key` is made of the design's id with the server's secret: no row leads to an interview, no
    page or export does either, and the time is not kept.
    """

    key = models.CharField(primary_key=True, max_length=64)
    sex = models.CharField(max_length=40, blank=True)
    ethnicity = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return "An answer about groups"
