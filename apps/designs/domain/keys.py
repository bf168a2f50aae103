"""Who may read what the bank keeps for interviewers: answers to questions, references, marks?"""

from django.db.models import Q, QuerySet

from apps.accounts.actors import Actor
from apps.core.permissions import Role
from apps.designs.models import Participant


def may_read_keys(actor: Actor, problem_id: str) -> bool:
    """People with an account, but not while they are a candidate on this very problem."""
    return actor.user_id is not None and not _is_candidate_on(actor, problem_id)


def may_read_all_keys(actor: Actor) -> bool:
    """For pages that show several problems at once, and drills, which belong to all of them."""
    return actor.user_id is not None and not _candidacies(actor).exists()


def _is_candidate_on(actor: Actor, problem_id: str) -> bool:
    return _candidacies(actor).filter(design__problem_id=problem_id).exists()


def _candidacies(actor: Actor) -> QuerySet[Participant]:
    """Interviews still going on in which they are asked, also as the guest they were before."""
    return Participant.objects.filter(
        Q(user_id=actor.user_id) | Q(guest__claimed_by_id=actor.user_id),
        role=Role.CANDIDATE.value,
        design__ended_at=None,
        removed_at=None,
    )
