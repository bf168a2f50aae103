"""Was this actor the candidate of that design?

Who was never reads what is kept about them there, whatever they are today: a candidate who was
hired, became an administrator, or holds an interviewer's link. Its maker is the one exception.
"""

import logging

from apps.accounts.actors import Actor
from apps.core.permissions import Role
from apps.designs import signals
from apps.designs.models import DesignSession
from apps.teams.domain.invitations import confirmed_addresses

log = logging.getLogger(__name__)


def was_candidate(actor: Actor, design: DesignSession) -> bool:
    """By a guest that became theirs, or by an address that they have confirmed."""
    if actor.user_id is None:
        return False
    return _took_part_as_candidate(actor, design) or _was_invited_as_candidate(actor, design)


def record_refusal(actor: Actor, design: DesignSession, role: Role) -> None:
    log.warning("User %s was the candidate of %s: not its %s", actor.user_id, design.id, role)


def _took_part_as_candidate(actor: Actor, design: DesignSession) -> bool:
    """Signing in leaves a guest's place alone where the account has one of its own."""
    candidates = design.participants.filter(role=Role.CANDIDATE.value)
    return candidates.filter(guest__claimed_by=actor.user_id).exists()


def _was_invited_as_candidate(actor: Actor, design: DesignSession) -> bool:
    answers = signals.candidate_email_asked.send(sender=DesignSession, design_id=design.id)
    invited = {email.lower() for _, email in answers if email}
    assert actor.user_id is not None
    return bool(invited) and not invited.isdisjoint(confirmed_addresses(actor.user_id))
