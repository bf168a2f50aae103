"""What the panel says and decides together."""

from django.db import models

from apps.core.ids import new_id
from apps.designs.models import Participant
from apps.interviews.models.cards import VERDICTS
from apps.interviews.models.interview import Interview


class DebriefNote(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="debrief_notes")
    item = models.CharField(max_length=80, blank=True)  # step or criterion; "" is the whole
    author = models.ForeignKey(Participant, null=True, on_delete=models.SET_NULL, related_name="+")
    author_name = models.CharField(max_length=80)
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"Note on {self.item or 'all'} of {self.interview_id}"


class Decision(models.Model):
    """A person's, always with a reason."""

    interview = models.OneToOneField(
        Interview, on_delete=models.CASCADE, related_name="decision", primary_key=True
    )
    verdict = models.CharField(max_length=10, choices=VERDICTS)
    reason = models.TextField()
    by = models.ForeignKey(Participant, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="decision_has_a_reason")
        ]

    def __str__(self) -> str:
        return f"{self.verdict} on {self.interview_id}"


class SignOff(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="sign_offs")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "participant"], name="signed_off_once")
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} on {self.decision_id}"
