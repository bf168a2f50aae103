"""Interviews that have been played, people on them, and cards that are filled in."""

from collections.abc import Mapping

from django.test import Client

from apps.core.permissions import Role
from apps.designs.domain.access import access_for
from apps.designs.models import Participant
from apps.designs.rules import Access
from apps.interviews.domain import lifecycle, states
from apps.interviews.domain.cards.drafting import Change, give_verdict, save
from apps.interviews.domain.cards.making import own_card
from apps.interviews.domain.cards.submitting import submit
from apps.interviews.models import Interview, ScoreCard
from tests.factories import actor_for, browser_of, make_guest, make_interview, make_participant
from tests.factories import owner_access as access_of_owner

PLAYED = ("problem-formulation", "architecture", "data", "model")
PANEL = ("Ada", "Ben", "Cleo", "Dan")
CROSS = ("xc.structure", "xc.tradeoff", "xc.depth")
ROWS = (*PLAYED, *CROSS)


def played_interview(*, has_ended: bool = True) -> Interview:
    """With a panel, a candidate and an observer; four steps were played."""
    interview = make_interview()
    for name in PANEL:
        make_participant(interview.design, Role.INTERVIEWER, make_guest(name))
    for role in (Role.CANDIDATE, Role.OBSERVER):
        make_participant(interview.design, role)
    owner = access_of_owner(interview.design)
    lifecycle.start(interview, owner)
    for step in PLAYED:
        states.enter_step(interview, owner, step)
    if has_ended:
        lifecycle.end(interview, owner)
    return interview


def interviewer(interview: Interview, name: str = "Ada") -> Access:
    """One of the panel."""
    return access_of(interview.design.participants.get(name=name))


def somebody(interview: Interview, role: Role) -> Access:
    return access_of(interview.design.participants.get(role=role.value))


def access_of(participant: Participant) -> Access:
    participant.design.refresh_from_db()
    access = access_for(actor_for(participant.user or participant.guest), participant.design)
    assert access is not None
    return access


def browser_of_rater(access: Access) -> Client:
    assert access.participant_id is not None
    guest = Participant.objects.get(id=access.participant_id).guest
    return browser_of(guest)


def fill_in(
    interview: Interview, access: Access, levels: Mapping[str, int] | int = 3, verdict: str = "yes"
) -> ScoreCard:
    """A draft with nothing missing; one level stands for all rows."""
    card = own_card(interview, access)
    rows = dict.fromkeys(ROWS, levels) if isinstance(levels, int) else levels
    for item, level in rows.items():
        save(card, item, Change(level=level, reason="It was said.", confidence="high"))
    give_verdict(card, verdict, "Solid where it counts.")
    return card


def submitted(
    interview: Interview, access: Access, levels: Mapping[str, int] | int = 3, verdict: str = "yes"
) -> ScoreCard:
    return submit(fill_in(interview, access, levels, verdict), access.name)
