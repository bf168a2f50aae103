"""An interview that was played and rated, for the tests of what comes after."""

from dataclasses import dataclass
from datetime import datetime

from apps.core.permissions import Role
from apps.designs.domain.access import access_for
from apps.designs.models import Participant
from apps.designs.rules import Access
from apps.interviews.domain import lifecycle, states
from apps.interviews.domain.withholding import decline_card
from apps.interviews.models import Evidence, Interview, PanelResult, PanelStep, Rating, ScoreCard
from tests.clock import Clock
from tests.factories import actor_for, make_interview, make_participant, make_user, owner_access

STEP = "model"
CRITERION = "md.split"


def access_of(person: Participant) -> Access:
    access = access_for(actor_for(person.user or person.guest), person.design)
    assert access is not None
    return access


@dataclass(frozen=True)
class Played:
    """raters: Anneke and Kofi, who came as interviewers."""

    interview: Interview
    owner: Participant
    raters: tuple[Participant, Participant]
    candidate: Participant


def play_interview(clock: Clock, **setup: str) -> Played:
    """Ten minutes in two steps, then the end."""
    interview = make_interview(None, **({"candidate_name": "Priya Raghunathan"} | setup))
    design, owner = interview.design, owner_access(interview.design)
    raters = [
        make_participant(design, Role.INTERVIEWER, make_user(name))
        for name in ("Anneke de Vries", "Kofi Mensah")
    ]
    candidate = make_participant(design, Role.CANDIDATE)
    lifecycle.start(interview, owner)
    states.enter_step(interview, owner, "problem-formulation")
    clock.forward(minutes=4)
    states.enter_step(interview, owner, STEP)
    clock.forward(minutes=6)
    lifecycle.end(interview, owner)
    return Played(
        interview, design.participants.get(role=Role.OWNER), (raters[0], raters[1]), candidate
    )


def rated_interview(clock: Clock, *, owner_rates: bool = False, **setup: str) -> Played:
    """Two cards are in, two levels apart on the split of the data; the owner gives none, or has
    begun one that is not in."""
    played = play_interview(clock, **setup)
    first, second = played.raters
    add_card(played.interview, first, clock.now, {STEP: 2, CRITERION: 1})
    add_card(played.interview, second, clock.now, {STEP: 3, CRITERION: 3})
    write_panel(played.interview, clock.now)
    if owner_rates:
        add_card(played.interview, played.owner, clock.now, {STEP: 4}, is_in=False, reason="Mine.")
    else:
        decline_card(played.interview, access_of(played.owner))
    return played


def add_card(
    interview: Interview,
    rater: Participant,
    at: datetime,
    levels: dict[str, int],
    *,
    is_in: bool = True,
    reason: str = "Random split on time data.",
) -> ScoreCard:
    """With a quote as evidence for each level."""
    card = ScoreCard.objects.create(
        interview=interview,
        rater=rater,
        rubric_id="ml-9-step",
        rubric_version="2.1.0",
        rubric_sha256="0" * 64,
        status="submitted" if is_in else "draft",
        verdict="yes",
        verdict_at=at,
        created_at=at,
        updated_at=at,
        submitted_at=at if is_in else None,
    )
    for item, level in levels.items():
        kind = "criterion" if "." in item else "step"
        rating = Rating.objects.create(
            card=card,
            item=item,
            kind=kind,
            level=level,
            confidence="low",
            reason=reason,
            updated_at=at,
        )
        pointer = {"step": STEP, "start": 0, "end": 8, "quote": "80/10/10"}
        Evidence.objects.create(
            rating=rating, position=0, kind="note", pointer=pointer, clock_s=300
        )
    return card


def write_panel(interview: Interview, at: datetime) -> None:
    """The rows that every submission leaves: here for two raters on one step."""
    cards = list(interview.cards.filter(status="submitted"))
    for item in {rating.item for card in cards for rating in card.ratings.all()}:
        levels = {
            str(card.rater_id): rating.level
            for card in cards
            for rating in card.ratings.filter(item=item)
            if rating.level is not None
        }
        values = list(levels.values())
        PanelStep.objects.update_or_create(
            interview=interview,
            item=item,
            defaults={
                "mean": sum(values) / len(values),
                "median": sorted(values)[len(values) // 2],
                "spread": max(values) - min(values),
                "raters": len(values),
                "levels": levels,
            },
        )
    PanelResult.objects.update_or_create(
        interview=interview,
        defaults={
            "rubric_id": "ml-9-step",
            "rubric_version": "2.1.0",
            "total": 2.99,
            "total_equal": 2.61,
            "band": "yes",
            "band_equal": "no",
            "flips": True,
            "coverage": 0.93,
            "raters": len(cards),
            "ones": [CRITERION],
            "refreshed_at": at,
        },
    )
