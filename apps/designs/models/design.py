"""A design session: one design, the people on it, the flow and problem it works through."""

from django.db import models

from apps.core.ids import new_id
from apps.teams.models import Organisation


class DesignSession(models.Model):
    """What is edited live is in the rooms' log; these columns are what lists and pages read."""

    class Kind(models.TextChoices):
        PRACTICE = "practice"
        INTERVIEW = "interview"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    title = models.CharField(max_length=200)
    # Its administrators may do what `designs/rules.py` says; null: the owner's alone.
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="designs"
    )
    flow_id = models.CharField(max_length=80)
    flow_version = models.CharField(max_length=40)
    # The rubric it is scored by, as it was when the session came to its flow.
    rubric_id = models.CharField(max_length=80, blank=True)
    rubric_version = models.CharField(max_length=40, blank=True)
    # The problem is copied, so that a later version of its pack does not change an old interview.
    problem_id = models.CharField(max_length=80, blank=True)
    problem_version = models.CharField(max_length=40, blank=True)
    problem_title = models.CharField(max_length=200, blank=True)
    problem_prompt = models.TextField(blank=True)
    copied_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="copies"
    )
    # Parts of an imported document that the product does not know, and its comments.
    extra = models.JSONField(default=dict)
    # The sequence number of the live document that the rows were last made from.
    projected_seq = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField()
    # Step id -> what became of it, where somebody keeps track: overrides what the document says.
    step_states = models.JSONField(default=dict, blank=True)
    # Candidates and visitors come in from then on; before, they wait in the lobby.
    opened_at = models.DateTimeField(null=True, blank=True)
    is_frozen = models.BooleanField(default=False)  # the candidate may look, and not edit
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-updated_at"]

    def __str__(self) -> str:
        return self.title
