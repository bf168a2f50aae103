"""The organisation that somebody asks for, if they may. Every team page begins here."""

from uuid import UUID

from apps.core.errors import NotFound
from apps.teams.domain.queries.members import membership_of, organisations_of
from apps.teams.domain.second_factor import lacks_what_is_asked
from apps.teams.models import Membership, Organisation
from apps.teams.rules import RULES, TeamAction


def open_organisation(
    user_id: UUID | None, organisation_id: UUID, action: TeamAction
) -> Membership:
    """The asker's membership, with `organisation`.

    Raises NotFound alike for one that does not exist, that is not theirs, whose second factor
    they lack, or in which they may not do this.
    """
    membership = membership_of(user_id, organisation_id)
    if (
        membership is None
        or membership.ended_at is not None
        or membership.role not in RULES[action]
        or lacks_what_is_asked(membership.user_id, membership.organisation)
    ):
        raise NotFound("There is no such team.")
    return membership


def organisation_for_new(user_id: UUID | None, organisation_id: UUID | None) -> Organisation | None:
    """The organisation a new interview belongs to: the one named, else the only one there is.

    Raises NotFound for one in which the person may not create interviews.
    """
    if organisation_id is not None:
        return open_organisation(user_id, organisation_id, TeamAction.INTERVIEW).organisation
    choices = list(organisations_of(user_id, TeamAction.INTERVIEW)[:2])
    return choices[0] if len(choices) == 1 else None
