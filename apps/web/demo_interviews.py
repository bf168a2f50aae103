"""The demo's finished interviews: synthetic people, rated by three interviewers.

Made by the product's own functions, then dated back, so that roles and calibration have a past.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import F

from apps.accounts.actors import Actor
from apps.accounts.domain.guests import as_guest
from apps.accounts.models import User
from apps.core import clock
from apps.core.permissions import Role
from apps.designs.domain.access import access_for
from apps.designs.domain.links import create_link
from apps.designs.domain.membership import join
from apps.designs.models import DesignSession
from apps.designs.rules import Access
from apps.interviews.domain import lifecycle, states
from apps.interviews.domain.cards import drafting, making, submitting
from apps.interviews.domain.cards.items import cross_items
from apps.interviews.domain.creation import Setup, create_interview
from apps.interviews.domain.finding import flow_of, rubric_of
from apps.interviews.enums import Verdict
from apps.interviews.models import Decision, Interview, PlayEvent, ScoreCard
from apps.interviews.play import Kind
from apps.web.demo_answers import answer_near

POSITION: Final = "Senior ML engineer, Personalisation (synthetic)"
LENGTH: Final = timedelta(minutes=45)
# What a rater says of a level. Synthetic, like the people.
REASONS: Final = {
    4: "Gave numbers unasked, weighed two ways, and named what would change the choice.",
    3: "Covered what is asked here, with a number and a reason.",
    2: "Named the parts. Reasons came only when asked for.",
    1: "Stayed with general words, also when asked.",
}


@dataclass(frozen=True)
class Candidate:
    """levels: a digit a step, "-" where it was skipped. days: how long ago. gaps: what the second
    and the third rater add to every third step, from another one on each time. waits: the owner's
    card is not in."""

    name: str
    problem: str
    levels: str
    days: int
    gaps: tuple[int, int] = (0, 0)
    verdict: Verdict | None = None
    waits: bool = False


CANDIDATES: Final = (
    Candidate("Hanna Virtanen", "asr", "433334333", 6, (0, -1), Verdict.STRONG_YES),
    Candidate("Rafael Quintero", "cv-detect", "3334333-3", 5, (-1, 0), Verdict.YES),
    Candidate("Aisha Bello", "rank-feed", "343333232", 10, (0, -1), Verdict.YES),
    Candidate("Oluwaseun Adébáyò", "rank-ads", "434333-32", 1, (-1, 0), waits=True),
    Candidate("Jonas Lind", "search-semantic", "323322322", 2, (0, 0), waits=True),
    Candidate("Mei-Ling Tsai", "nlp-ner", "332322222", 4, (0, 2)),
    Candidate("Tobias Grünewald", "rec-rental", "2322232-2", 40, (1, 0), Verdict.NO),
    Candidate("Dmitri Antonov", "rec-pymk", "223222211", 42, (0, 1), Verdict.NO),
    Candidate("Ines Carvalho", "rec-video", "333223232", 45, (0, 1), Verdict.NO),
    Candidate("Noor Haddad", "fraud", "344333333", 70, (-1, 0), Verdict.YES),
    Candidate("Piotr Zielinski", "rec-place", "122211211", 72, (0, 1), Verdict.STRONG_NO),
    Candidate("Leilani Kahale", "search-doc", "443443334", 75, (0, 0), Verdict.STRONG_YES),
    Candidate("Samir Okafor", "typeahead", "332333222", 98, (0, 1), Verdict.YES),
    Candidate("Greta Lindqvist", "ride-matching", "233222322", 100, (1, 0), Verdict.NO),
)
VERDICT_OF_LEVEL: Final = {
    4: Verdict.STRONG_YES,
    3: Verdict.YES,
    2: Verdict.NO,
    1: Verdict.STRONG_NO,
}


def hold_interviews(owner: Actor, others: tuple[User, User]) -> int:
    """Says how many it made."""
    raters = [Actor(user_id=user.id, name=user.display_name) for user in others]
    for candidate in CANDIDATES:
        _hold(owner, raters, candidate)
    return len(CANDIDATES)


def _hold(owner: Actor, raters: list[Actor], candidate: Candidate) -> None:
    setup = Setup(
        problem=candidate.problem,
        position=POSITION,
        seniority=Interview.Seniority.SENIOR.value,
        candidate_name=candidate.name,
    )
    interview = create_interview(owner, setup)
    by = _access(owner, interview.design)
    for rater in raters:
        link, _ = create_link(by, interview.design, Role.INTERVIEWER)
        join(rater, link, rater.name)
    began = _began(candidate)
    _answer(interview, by, candidate, began)
    _play(interview, by, candidate.levels)
    for rater, gap in zip((owner, *raters), (0, *candidate.gaps), strict=True):
        card = _rate(interview, _access(rater, interview.design), list(_levels(candidate, gap)))
        if rater is not owner or not candidate.waits:
            submitting.submit(card, rater.name)
    _date_back(interview, timedelta(days=candidate.days), began)
    if candidate.verdict:
        _decide(interview, owner, candidate.verdict)


def _began(candidate: Candidate) -> datetime:
    """The morning of that day."""
    day = clock.now() - timedelta(days=candidate.days)
    return day.replace(hour=10, minute=0, second=0, microsecond=0)


def _answer(interview: Interview, by: Access, candidate: Candidate, began: datetime) -> None:
    """The candidate comes in, writes and draws."""
    # Here, because pages import this module and a server does not open documents itself.
    from apps.web.recording import record

    design = interview.design
    link, _ = create_link(by, design, Role.CANDIDATE)
    person = join(as_guest(Actor(), candidate.name), link, candidate.name)
    lifecycle.admit(interview, by, person.id)
    steps = [step.id for step in flow_of(design).steps]
    levels = dict(zip(steps, _levels(candidate, 0), strict=True))
    document = answer_near(candidate.problem, levels)
    record(design, document, [person.id], held=(began, LENGTH))


def _play(interview: Interview, by: Access, levels: str) -> None:
    lifecycle.start(interview, by)
    steps = [step.id for step in flow_of(interview.design).steps]
    for step, level in zip(steps, levels, strict=True):
        if level == "-":
            states.skip(interview, by, step)
        else:
            states.enter_step(interview, by, step)
    states.deep_dive(interview, by, steps[levels.index(max(levels))])
    lifecycle.end(interview, by)
    interview.refresh_from_db()


def _levels(candidate: Candidate, gap: int) -> Iterator[int | None]:
    for place, level in enumerate(candidate.levels, start=candidate.days):
        if level == "-":
            yield None
        else:
            yield min(4, max(1, int(level) + (gap if place % 3 == 1 else 0)))


def _rate(interview: Interview, by: Access, levels: list[int | None]) -> ScoreCard:
    card = making.own_card(interview, by)
    known = [level for level in levels if level]
    middle = round(sum(known) / len(known))
    steps = [step.id for step in flow_of(interview.design).steps]
    across = dict.fromkeys(cross_items(rubric_of(interview.design)), middle)
    for item, level in (dict(zip(steps, levels, strict=True)) | across).items():
        if level is not None:
            reason = REASONS[level]
            drafting.save(card, item, drafting.Change(level, confidence="mid", reason=reason))
    drafting.give_verdict(card, VERDICT_OF_LEVEL[middle].value, REASONS[middle])
    return card


def _date_back(interview: Interview, by: timedelta, began: datetime) -> None:
    """As if it had been held then, and had taken its time."""
    ended = began + LENGTH
    _spread_events(interview, began)
    Interview.objects.filter(pk=interview.pk).update(started_at=began, ended_at=ended)
    DesignSession.objects.filter(pk=interview.pk).update(
        ended_at=ended, updated_at=ended, opened_at=began
    )
    interview.cards.update(submitted_at=F("submitted_at") - by, updated_at=F("updated_at") - by)
    interview.refresh_from_db()


def _spread_events(interview: Interview, began: datetime) -> None:
    """Each step takes what it is planned for, a little less or more; together they take all."""
    minutes = {step.id: step.minutes for step in flow_of(interview.design).steps}
    events = list(interview.events.order_by("seq"))
    taken = [_minutes_of(event, minutes) for event in events]
    passed = 0.0
    for event, own in zip(events, taken, strict=True):
        event.at = began + LENGTH * passed
        passed = round(passed + own / sum(taken), 9)
    PlayEvent.objects.bulk_update(events, ["at"])


def _minutes_of(event: PlayEvent, planned: Mapping[str, float]) -> float:
    """Until the next event. Only who enters a step stays there."""
    if event.kind != Kind.ENTERED:
        return 0.0
    unevenness: float = (event.interview_id.int + event.seq * 5) % 7 / 10  # 0 to 0.6
    return planned[event.step] * (0.7 + unevenness)


def _decide(interview: Interview, owner: Actor, verdict: Verdict) -> None:
    access = _access(owner, interview.design)
    assert interview.ended_at is not None
    level = next(one for one, same in VERDICT_OF_LEVEL.items() if same == verdict)
    Decision.objects.create(
        interview=interview,
        verdict=verdict.value,
        reason=REASONS[level],
        by_id=access.participant_id,
        by_name=owner.name,
        at=interview.ended_at + timedelta(hours=5),
    )


def _access(actor: Actor, design: DesignSession) -> Access:
    access = access_for(actor, design)
    assert access is not None
    return access
