"""Which organisations ask for a second factor, and who has one?"""

from uuid import UUID

from allauth.mfa.models import Authenticator

from apps.teams.domain.queries.members import FACTORS, organisations_of
from apps.teams.models import Organisation


def has_second_factor(user_id: UUID) -> bool:
    return bool(Authenticator.objects.filter(user_id=user_id, type__in=FACTORS).exists())


def lacks_what_is_asked(user_id: UUID, organisation: Organisation) -> bool:
    return organisation.requires_two_factor and not has_second_factor(user_id)


def asking_organisation(user_id: UUID) -> Organisation | None:
    """One of this person's that asks for a second factor which they do not have."""
    asking = organisations_of(user_id).filter(requires_two_factor=True).first()
    return None if asking is None or has_second_factor(user_id) else asking
