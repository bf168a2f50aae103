"""An interview on a design session: what was planned, and what happened."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from apps.designs.models import DesignSession, Participant


class Interview(models.Model):
    """The plan, and what lists show. What happens is written down as `PlayEvent`."""

    class Seniority(models.TextChoices):
        MID = "mid"
        SENIOR = "senior"
        STAFF = "staff"

    class Preset(models.TextChoices):
        DEFAULT = "default"
        EQUAL = "equal"

    design = models.OneToOneField(
        DesignSession, on_delete=models.CASCADE, related_name="interview", primary_key=True
    )
    position = models.CharField(max_length=120, blank=True)  # the role that is hired for
    seniority = models.CharField(max_length=8, choices=Seniority.choices, blank=True)
    candidate_name = models.CharField(max_length=80, blank=True)
    candidate_email = models.EmailField(blank=True)
    candidate = models.ForeignKey(
        Participant, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    scheduled_at = models.DateTimeField(null=True, blank=True)
    plan = models.JSONField(default=dict)  # step id -> minutes
    deep_dives = models.JSONField(default=list)  # ids of the steps planned as such
    preset = models.CharField(max_length=8, choices=Preset.choices, default=Preset.DEFAULT)
    preset_reason = models.TextField(blank=True)
    brief = models.TextField(blank=True)  # beside the prompt of the problem
    notice = models.TextField(blank=True)  # what the candidate is told about the record
    scores_by_itself = models.BooleanField(default=False)
    is_gold = models.BooleanField(default=False)  # new interviewers train on it
    is_blind = models.BooleanField(default=False)  # reviewers see no names
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    reopened_reason = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["position", "-scheduled_at"], name="interview_by_position"),
            models.Index(fields=["-ended_at"], name="interview_by_end"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(preset="default") | ~models.Q(preset_reason=""),
                name="other_weights_have_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"Interview {self.design_id}"


class Accommodation(models.Model):
    """What is set for one candidate. Raters never see it."""

    interview = models.OneToOneField(
        Interview, on_delete=models.CASCADE, related_name="accommodation", primary_key=True
    )
    # Of the planned time: 1.25 is a quarter more.
    extra_time = models.DecimalField(
        max_digits=3,
        decimal_places=2,
        default=Decimal(1),
        validators=[MinValueValidator(Decimal(1)), MaxValueValidator(Decimal(3))],
    )
    has_written_brief = models.BooleanField(default=False)
    hides_clock = models.BooleanField(default=False)
    focus_mode = models.BooleanField(default=False)
    set_by_name = models.CharField(max_length=80, blank=True)

    def __str__(self) -> str:
        return f"Accommodation of {self.interview_id}"


class PlayEvent(models.Model):
    """Something that happened in an interview, at the server's time. Never changed.

    `play.events` says what each kind means and what its `amount`, `step` and `text` hold.
    """

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="events")
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=24)
    by = models.ForeignKey(
        Participant, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    by_name = models.CharField(max_length=80, blank=True)
    step = models.CharField(max_length=80, blank=True)
    amount = models.IntegerField(null=True, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["seq"]
        constraints = [models.UniqueConstraint(fields=["interview", "seq"], name="play_event_once")]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind}"
