"""Was this actor the candidate of that design?

Who was never reads what is kept about them there, whatever they are today: a candidate who was
hired, became an administrator, or holds an interviewer's link. Its maker is the one exception.
"""

from typing import Final

from django.core.cache import cache

from apps.accounts.actors import Actor
from apps.audit import domain as audit
from apps.core.permissions import Role
from apps.designs import signals
from apps.designs.models import DesignSession
from apps.teams.domain.invitations import confirmed_addresses

# Sockets ask again and again: one entry in this time says it.
REFUSAL_LASTS_S: Final = 3600


def was_candidate(actor: Actor, design: DesignSession) -> bool:
    """By a guest that became theirs, or by an address that they have confirmed."""
    if actor.user_id is None:
        return False
    return _took_part_as_candidate(actor, design) or _was_invited_as_candidate(actor, design)


def record_refusal(actor: Actor, design: DesignSession, role: Role) -> None:
    """Into the audit log, not each time that it is asked for."""
    if not cache.add(f"conflict:{design.id}:{actor.user_id}:{role}", True, REFUSAL_LASTS_S):
        return
    audit.record(
        "conflict.refused",
        actor_id=actor.user_id,
        actor_name=actor.name,
        design_id=design.id,
        organisation_id=design.organisation_id,
        details={"role": role.value},
    )


def _took_part_as_candidate(actor: Actor, design: DesignSession) -> bool:
    """Signing in leaves a guest's place alone where the account has one of its own."""
    candidates = design.participants.filter(role=Role.CANDIDATE.value)
    return candidates.filter(guest__claimed_by=actor.user_id).exists()


def _was_invited_as_candidate(actor: Actor, design: DesignSession) -> bool:
    answers = signals.candidate_email_asked.send(sender=DesignSession, design_id=design.id)
    invited = {email.lower() for _, email in answers if email}
    assert actor.user_id is not None
    return bool(invited) and not invited.isdisjoint(confirmed_addresses(actor.user_id))
