"""Who gets mail about an interview?"""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from apps.core.permissions import Role
from apps.designs.models import Participant
from apps.interviews.models import Interview, ScoreCard
from apps.teams.domain.queries.members import active_members
from apps.teams.rules import MemberRole


@dataclass(frozen=True)
class Recipient:
    email: str
    is_candidate: bool


def invited_to(interview: Interview) -> list[Recipient]:
    """The candidate, where their address is known, and all interviewers with an account."""
    panel = [
        Recipient(person.user.email, is_candidate=False)
        for person in panel_of(interview)
        if person.user and person.user.email
    ]
    if interview.candidate_email:
        return [Recipient(interview.candidate_email, is_candidate=True), *panel]
    return panel


def panel_of(interview: Interview) -> QuerySet[Participant]:
    people = Participant.objects.filter(design_id=interview.design_id, removed_at__isnull=True)
    roles = [Role.OWNER.value, Role.INTERVIEWER.value]
    return people.filter(role__in=roles).select_related("user")


def without_a_card(interview: Interview) -> list[str]:
    """Addresses of those whose card is still missing.

    Who only arranged the interview has none to give: the owner counts if they began one, or if
    nobody else interviews.
    """
    cards = ScoreCard.objects.filter(interview=interview)
    done = cards.filter(status=ScoreCard.Status.SUBMITTED)
    missing = panel_of(interview).exclude(id__in=done.values("rater_id"))
    if panel_of(interview).filter(role=Role.INTERVIEWER.value).exists():
        began = Q(id__in=cards.values("rater_id"))
        missing = missing.filter(Q(role=Role.INTERVIEWER.value) | began)
    return [person.user.email for person in missing if person.user and person.user.email]


def who_can_erase(interview: Interview) -> set[str]:
    """Addresses of the owner and of the administrators of the interview's organisation."""
    owners = panel_of(interview).filter(role=Role.OWNER.value, user__isnull=False)
    found = set(owners.values_list("user__email", flat=True))
    if organisation := interview.design.organisation:
        admins = active_members(organisation).filter(role=MemberRole.ADMIN)
        found.update(admins.values_list("user__email", flat=True))
    return found - {""}
