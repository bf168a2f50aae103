"""What is sent: letters to people, calls to other programs. Each is tried until it is there."""

from django.db import models

from apps.accounts.models import User
from apps.core.ids import new_id
from apps.teams.models import Organisation


class Attempted(models.Model):
    """Something that goes out, with every try counted."""

    class Status(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        FAILED = "failed"
        DROPPED = "dropped", "Not needed any more"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    status = models.CharField(max_length=7, choices=Status.choices, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()  # not before this
    reason = models.CharField(max_length=200, blank=True)  # why the last try failed
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class Letter(Attempted):
    """A mail about an interview.

    No foreign key: a cancellation goes out after its interview was deleted. So the row holds what
    the letter says of it (`event`).
    """

    class Kind(models.TextChoices):
        INVITATION = "invitation"
        CANCELLATION = "cancellation"
        REMINDER = "reminder"
        RETENTION = "retention"

    # Those that carry a calendar entry.
    OF_CALENDAR = (Kind.INVITATION, Kind.CANCELLATION)

    interview_id = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    email = models.EmailField()
    is_candidate = models.BooleanField(default=False)
    event = models.JSONField(default=dict)  # `domain.calendar.Event`; title and date of an erasure
    sequence = models.PositiveIntegerField(default=0)  # of the calendar entry, for this address
    after_h = models.PositiveSmallIntegerField(null=True, blank=True)  # of a reminder

    class Meta:
        ordering = ["created_at"]
        indexes = [models.Index(fields=["status", "next_at"], name="letter_by_time")]
        constraints = [
            models.UniqueConstraint(
                fields=["interview_id", "email", "after_h"],
                condition=models.Q(kind="reminder"),
                name="reminded_once",
            ),
            models.UniqueConstraint(
                fields=["interview_id", "email", "sequence"],
                condition=models.Q(kind__in=["invitation", "cancellation"]),
                name="calendar_sequence_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} about {self.interview_id}"


class Webhook(models.Model):
    """An address of a team that is called when something happens in its interviews.

    Its secret is not stored: it follows from the server's own key, this id and `generation`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="webhooks"
    )
    url = models.CharField(max_length=500)
    generation = models.PositiveIntegerField(default=1)  # of the secret
    is_enabled = models.BooleanField(default=True)
    created_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "url"], name="webhook_address_once")
        ]

    def __str__(self) -> str:
        return self.url


class Delivery(Attempted):
    """One event to one webhook. Its id is the `webhook-id`, the same at every try."""

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    kind = models.CharField(max_length=40)
    interview_id = models.UUIDField(null=True, blank=True, db_index=True)
    body = models.TextField()  # exactly as it is signed
    answered = models.PositiveSmallIntegerField(null=True, blank=True)  # last status of HTTP

    class Meta:
        ordering = ["-created_at"]
        verbose_name_plural = "deliveries"
        indexes = [
            models.Index(fields=["status", "next_at"], name="delivery_by_time"),
            models.Index(fields=["webhook", "-created_at"], name="delivery_by_webhook"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.webhook_id}"
