"""Who takes part in a design session, and the links that let people in."""

from django.db import models
from django.db.models import Q

from apps.accounts.models import Guest, User
from apps.core.ids import new_id
from apps.core.permissions import Role
from apps.designs.models.design import DesignSession

# Administrators are none of them: their right comes from the organisation.
ROLES = [(role.value, role.value) for role in Role if role != Role.ADMIN]
# What a link can make of somebody.
LINK_ROLES = (Role.CANDIDATE, Role.INTERVIEWER, Role.OBSERVER)


class ShareLink(models.Model):
    """An address that gives a role to whoever holds it. Only a hash of its secret is stored."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    design = models.ForeignKey(DesignSession, on_delete=models.CASCADE, related_name="links")
    role = models.CharField(max_length=16, choices=ROLES)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in LINK_ROLES]),
                name="share_link_makes_no_owner_or_admin",
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} link of {self.design_id}"


class Participant(models.Model):
    """A person on a design session, with one role. A guest's name is the one typed on joining."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    design = models.ForeignKey(DesignSession, on_delete=models.CASCADE, related_name="participants")
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.CASCADE)
    guest = models.ForeignKey(Guest, null=True, blank=True, on_delete=models.CASCADE)
    role = models.CharField(max_length=16, choices=ROLES)
    name = models.CharField(max_length=80)
    color = models.PositiveSmallIntegerField()  # 1..6 in order of arrival: --p1 to --p6
    # The link that let them in; when it is revoked or expires, so does this right.
    link = models.ForeignKey(ShareLink, null=True, blank=True, on_delete=models.SET_NULL)
    joined_at = models.DateTimeField(auto_now_add=True)
    # Let out of the lobby by an interviewer; whoever comes while the session is open needs it not.
    admitted_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["joined_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=True) ^ Q(guest__isnull=True),
                name="participant_is_user_or_guest",
            ),
            models.CheckConstraint(
                condition=~Q(role=Role.ADMIN.value), name="participant_is_no_admin"
            ),
            models.UniqueConstraint(fields=["design", "user"], name="participant_user_once"),
            models.UniqueConstraint(fields=["design", "guest"], name="participant_guest_once"),
        ]

    def __str__(self) -> str:
        return self.name
