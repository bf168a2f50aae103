"""What organisations do when somebody gives up a second factor."""

from typing import Any

from allauth.mfa.signals import authenticator_removed
from django.dispatch import receiver

from apps.accounts.models import User
from apps.teams.models import Organisation
from apps.teams.signals import rights_changed


@receiver(authenticator_removed)
def recheck_rights(user: User, **_: Any) -> None:
    rights_changed.send(sender=Organisation, user_ids=[user.id])
