"""What may a member of an organisation do in it? The only place that decides it.

What an administrator may do with a design of the organisation is in `designs/rules.py`.
"""

from enum import StrEnum
from typing import Final

from django.db import models


class MemberRole(models.TextChoices):
    """What a member is in one organisation."""

    ADMIN = "admin"
    INTERVIEWER = "interviewer"
    OBSERVER = "observer"


class TeamAction(StrEnum):
    """What somebody may want to do in an organisation."""

    SEE = "see"  # who is in it, its pools, its problems
    INTERVIEW = "interview"  # create interviews that belong to it
    WRITE = "write"  # write its problems
    MANAGE = "manage"  # members, invitations, pools, policies


_EVERYBODY = frozenset(MemberRole)
_INTERVIEWERS = frozenset({MemberRole.ADMIN, MemberRole.INTERVIEWER})

RULES: Final[dict[TeamAction, frozenset[MemberRole]]] = {
    TeamAction.SEE: _EVERYBODY,
    TeamAction.INTERVIEW: _INTERVIEWERS,
    TeamAction.WRITE: _INTERVIEWERS,
    TeamAction.MANAGE: frozenset({MemberRole.ADMIN}),
}
