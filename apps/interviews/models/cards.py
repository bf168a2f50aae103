"""What one interviewer thinks of one interview, and in which order scores were shown."""

from django.db import models

from apps.core.ids import new_id
from apps.designs.models import Participant
from apps.interviews.enums import Confidence, RatingState, Verdict
from apps.interviews.models.interview import Interview

VERDICTS = [(verdict.value, verdict.value) for verdict in Verdict]
STATES = [(state.value, state.value) for state in RatingState]
CONFIDENCES = [(confidence.value, confidence.value) for confidence in Confidence]


class ScoreCard(models.Model):
    class Status(models.TextChoices):
        DRAFT = "draft"
        SUBMITTED = "submitted"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="cards")
    rater = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="cards")
    rubric_id = models.CharField(max_length=80)
    rubric_version = models.CharField(max_length=40)
    rubric_sha256 = models.CharField(max_length=64)
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.DRAFT)
    verdict = models.CharField(max_length=10, choices=VERDICTS, blank=True)
    verdict_reason = models.TextField(blank=True)
    verdict_at = models.DateTimeField(null=True, blank=True)
    is_training = models.BooleanField(default=False)  # on a gold session: never counts
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["interview", "rater"], name="one_card_a_rater"),
            models.CheckConstraint(
                condition=~models.Q(status="submitted")
                | (models.Q(submitted_at__isnull=False) & ~models.Q(verdict="")),
                name="submitted_card_has_time_and_verdict",
            ),
        ]
        indexes = [models.Index(fields=["rater", "status"], name="card_by_rater")]

    def __str__(self) -> str:
        return f"{self.status} card of {self.rater_id}"


class Rating(models.Model):
    """One row of a card: a step, a criterion of a step, or a criterion across the session."""

    class Kind(models.TextChoices):
        STEP = "step"
        CRITERION = "criterion"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    card = models.ForeignKey(ScoreCard, on_delete=models.CASCADE, related_name="ratings")
    item = models.CharField(max_length=80)  # id of the step or criterion
    kind = models.CharField(max_length=9, choices=Kind.choices)
    level = models.PositiveSmallIntegerField(null=True, blank=True)  # 1 to 4
    state = models.CharField(max_length=2, choices=STATES, blank=True)  # why there is no level
    confidence = models.CharField(max_length=4, choices=CONFIDENCES, blank=True)
    reason = models.TextField(blank=True)
    is_probed = models.BooleanField(default=False)  # the interviewer asked about it
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ["item"]
        constraints = [
            models.UniqueConstraint(fields=["card", "item"], name="one_rating_an_item"),
            models.CheckConstraint(
                condition=models.Q(level__isnull=True) | models.Q(level__range=(1, 4)),
                name="level_from_one_to_four",
            ),
            models.CheckConstraint(
                condition=models.Q(level__isnull=True) | models.Q(state=""),
                name="level_or_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.state or self.level}"


class Evidence(models.Model):
    """What a rater pointed at.

    pointer: note {"step", "start", "end", "quote"}; component and connection {"id", "name"};
    moment {"seq"}, of the log.
    """

    class Kind(models.TextChoices):
        NOTE = "note"
        COMPONENT = "component"
        CONNECTION = "connection"
        MOMENT = "moment"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    rating = models.ForeignKey(Rating, on_delete=models.CASCADE, related_name="evidence")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    pointer = models.JSONField()
    clock_s = models.PositiveIntegerField(null=True, blank=True)  # of the interview, when pointed

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.kind} for {self.rating_id}"


class Revision(models.Model):
    """A change of a submitted card. What was there before is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    card = models.ForeignKey(ScoreCard, on_delete=models.CASCADE, related_name="revisions")
    item = models.CharField(max_length=80)
    level_before = models.PositiveSmallIntegerField(null=True, blank=True)
    state_before = models.CharField(max_length=2, blank=True)
    level_after = models.PositiveSmallIntegerField(null=True, blank=True)
    state_after = models.CharField(max_length=2, blank=True)
    reason = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="revision_has_a_reason")
        ]

    def __str__(self) -> str:
        return f"{self.item} of {self.card_id}"


class Reveal(models.Model):
    """When somebody was first shown what could sway them: the order belongs to the record."""

    class What(models.TextChoices):
        BAND = "band"
        PEERS = "peers"
        MACHINE = "machine"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="reveals")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    what = models.CharField(max_length=7, choices=What.choices)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["interview", "participant", "what"], name="revealed_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.what} to {self.participant_id}"
