"""Who may see others' scores, and when? Nobody before their own card is in.

The server never sends what is withheld. The first time each thing is shown is written down, for
the order belongs to the record: own card, then peers, then the machine.
"""

from django.db import transaction
from django.db.models import Q, QuerySet

from apps.core import clock
from apps.core.errors import Conflict
from apps.core.permissions import Action
from apps.designs.models import DesignSession
from apps.designs.rules import Access, can
from apps.interviews import signals
from apps.interviews.domain.finding import find_interview
from apps.interviews.models import Interview, Reveal, ScoreCard

What = Reveal.What
OWN_FIRST = "Submit your own card first."
ALL_FIRST = "The panel's cards are not all in."


def may_see_peers(interview: Interview, access: Access) -> bool:
    """Who has a card to give has given it; who has none waits for all."""
    return not why_withheld(interview, access)


def may_see_machine(interview: Interview, access: Access) -> bool:
    return may_see_peers(interview, access)


def why_withheld(interview: Interview, access: Access) -> str:
    """ "" if nothing is."""
    if not can(access, Action.READ_PANEL):
        return OWN_FIRST
    if access.participant_id is not None and can(access, Action.RATE):
        own = interview.cards.filter(rater_id=access.participant_id)
        is_in = own.filter(status=ScoreCard.Status.SUBMITTED).exists()
        return "" if is_in or has_seen(interview, access, What.PEERS) else OWN_FIRST
    return "" if all_are_in(interview) else ALL_FIRST


def all_are_in(interview: Interview) -> bool:
    """At least one card is, and nobody has begun one that is not."""
    cards = interview.cards.filter(is_training=False)
    drafts = begun(cards.filter(status=ScoreCard.Status.DRAFT))
    is_any_in = cards.filter(status=ScoreCard.Status.SUBMITTED).exists()
    return interview.ended_at is not None and is_any_in and not drafts.exists()


def decline_card(interview: Interview, access: Access) -> None:
    """Gives up one's own card, to decide on those of the others: for good.

    Raises Conflict while the others' are not in, and for who has begun one.
    """
    with transaction.atomic():
        Interview.objects.select_for_update(of=("self",)).get(pk=interview.pk)
        own = interview.cards.filter(rater_id=access.participant_id)
        if begun(own).exists():
            raise Conflict("You have begun a card: submit it.")
        if not all_are_in(interview):
            raise Conflict(ALL_FIRST)
        own.delete()
        reveal(interview, access, What.PEERS)


def check_machine(design: DesignSession, access: Access) -> None:
    """Asked before anything that a machine made of an interview is sent; practice is open.

    Raises Conflict.
    """
    interview = find_interview(design.id)
    if interview is None:
        return
    if why := why_withheld(interview, access):
        raise Conflict(why)
    reveal(interview, access, What.MACHINE)


def why_machine_withheld(design: DesignSession, access: Access) -> str:
    """ "" for practice, and where it may be seen."""
    interview = find_interview(design.id)
    return why_withheld(interview, access) if interview else ""


def reveal(interview: Interview, access: Access, what: What) -> None:
    """Writes down that it is shown to somebody, the first time."""
    if access.participant_id is None or has_seen(interview, access, what):
        return
    with transaction.atomic():
        row, is_new = Reveal.objects.get_or_create(
            interview=interview,
            participant_id=access.participant_id,
            what=what,
            defaults={"at": clock.now()},
        )
        if is_new:
            signals.scores_revealed.send(
                Interview, interview=interview, by_name=access.name, reveal=row
            )


def has_seen(interview: Interview, access: Access, what: What) -> bool:
    who = access.participant_id
    return who is not None and interview.reveals.filter(participant_id=who, what=what).exists()


def begun(cards: QuerySet[ScoreCard]) -> QuerySet[ScoreCard]:
    """Those that say something: to look at an empty card is not to begin it."""
    return cards.filter(Q(ratings__isnull=False) | ~Q(verdict="")).distinct()
