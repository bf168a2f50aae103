"""Organisations: who is in them, who is asked to join, who interviews."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from apps.accounts.models import User
from apps.core.ids import new_id
from apps.teams.rules import MemberRole


class Organisation(models.Model):
    """Owns interviews and problems; its administrators set its policies."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=80)
    # The ids of its problems begin with it, so that two organisations never write the same one.
    slug = models.SlugField(max_length=40, unique=True)
    requires_two_factor = models.BooleanField(default=False)
    # May administrators read the private notes of interviews that they take no part in?
    admins_read_notes = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person in an organisation. Kept when it ends: who has left is no outside interviewer."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="memberships"
    )
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=16, choices=MemberRole.choices)
    joined_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["joined_at"]
        constraints = [models.UniqueConstraint(fields=["organisation", "user"], name="member_once")]

    def __str__(self) -> str:
        return f"{self.user} in {self.organisation}"


class Invitation(models.Model):
    """Asks an address to join. Only a hash of the secret in its link is stored."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="invitations"
    )
    email = models.EmailField()
    role = models.CharField(max_length=16, choices=MemberRole.choices)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True),
                name="invitation_ends_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} to {self.organisation}"


class Pool(models.Model):
    """A named set of interviewers to draw from."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="pools")
    name = models.CharField(max_length=80)
    members = models.ManyToManyField(Membership, related_name="pools")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint("organisation", Lower("name"), name="pool_name_once")
        ]

    def __str__(self) -> str:
        return self.name
