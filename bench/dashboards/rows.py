"""An organisation with many interviews, written as rows: for measuring, not for showing.

Everything is drawn from one seed. A few problems and roles have most of the interviews; two in
three are rated by a panel of two or three out of many; the newest are ahead, to be scored or
in debrief, the rest is decided; the oldest were scored by an earlier version of the rubric.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import fmean, median
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import models

from apps.accounts.models import Guest, User
from apps.audit.domain import chain_name
from apps.audit.domain.hashing import entry_hash
from apps.audit.models import AuditEntry, Chain
from apps.content import registry
from apps.core.ids import new_id
from apps.core.permissions import Role
from apps.designs.models import DesignSession, Participant
from apps.interviews.enums import Verdict
from apps.interviews.models import (
    Decision,
    Interview,
    MachineStep,
    PanelResult,
    PanelStep,
    PlayEvent,
    Rating,
    Reveal,
    ScoreCard,
)
from apps.interviews.play.events import Kind
from apps.teams.models import Membership, Organisation
from apps.teams.rules import MemberRole

LAST_END: Final = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
APART: Final = timedelta(minutes=150)  # 10,000 interviews are three years
LENGTH: Final = timedelta(minutes=45)
BATCH: Final = 250  # interviews written at a time
ROLES: Final = 40
INTERVIEWERS: Final = 24
PANELS: Final = (0, 1, 1, 2)  # how many rate beside the owner
CRITERIA: Final = 12  # rated by a panel
SKEW: Final = 3  # the commonest of n has a share of n ** (-1 / SKEW)
COMMON_PROBLEM: Final = "asr"
COMMON_ROLE: Final = "engineer-team-0"
EARLIER_VERSION: Final = "1.9.0"
VERDICTS: Final = [one.value for one in Verdict]
# Of a hundred, the newest first: what is over stands last.
AHEAD, TO_SCORE, IN_DEBRIEF, EARLIER_RUBRIC = 1, 2, 5, 12


class House(NamedTuple):
    """Ids. owner: has a seat in every interview; admin: has none. interview: a decided one."""

    owner: UUID
    admin: UUID
    organisation: UUID
    interview: UUID


@dataclass(frozen=True)
class Cast:
    """panels: how many of the others rate, one drawn for each interview."""

    owner: User
    others: Sequence[User]
    panels: Sequence[int]
    organisation: Organisation | None = None


def make_house(count: int, *, roles: int = ROLES, detailed: int = -1) -> House:
    """detailed: how many have their events, ratings and steps too; all unless told."""
    admin, cast = _people(count)
    decided = _write_interviews(cast, count, roles, detailed)
    assert cast.organisation is not None
    _write_log(cast.organisation, count)
    return House(cast.owner.id, admin.id, cast.organisation.id, decided)


def make_many(raters: Sequence[User], count: int) -> None:
    """Outside of any organisation. The first owns all; everybody rates each."""
    owner, *others = raters
    _write_interviews(Cast(owner, others, [len(others)]), count, ROLES, -1)


def _write_interviews(cast: Cast, count: int, roles: int, detailed: int) -> UUID:
    """The id of the newest that is decided."""
    chance = random.Random(count)
    decided: list[UUID] = []
    for start in range(0, count, BATCH):
        rows = [
            row
            for number in range(start, min(count, start + BATCH))
            for row in Session(chance, cast, number, count, roles).rows(
                is_detailed=detailed < 0 or number < detailed
            )
        ]
        decided += [row.interview_id for row in rows if isinstance(row, Decision)][:1]
        _write(rows)
    return decided[0]


def _people(count: int) -> tuple[User, Cast]:
    key = new_id().hex
    organisation = Organisation.objects.create(name=f"House of {count}", slug=key)
    names = ["Admin", "Anneke", *(f"Interviewer {number}" for number in range(INTERVIEWERS))]
    users = [
        User.objects.create(email=f"{place}.{key}@example.org", name=name)
        for place, name in enumerate(names)
    ]
    Membership.objects.bulk_create(
        Membership(
            organisation=organisation,
            user=user,
            role=MemberRole.INTERVIEWER if place else MemberRole.ADMIN,
        )
        for place, user in enumerate(users)
    )
    return users[0], Cast(users[1], users[2:], PANELS, organisation)


def _write(rows: Sequence[models.Model]) -> None:
    """In the order in which the kinds came, which is that of their keys."""
    by_kind: dict[type[models.Model], list[models.Model]] = {}
    for row in rows:
        by_kind.setdefault(type(row), []).append(row)
    for kind, of in by_kind.items():
        manager: Any = kind._default_manager
        manager.bulk_create(of)


def _newest_decided(count: int) -> int:
    return count * (AHEAD + TO_SCORE + IN_DEBRIEF) // 100 if count >= 100 else 0


class Session:
    """The rows of one interview. number: 0 is the newest of `count`.

    is_opened: the one whose own page is measured; a whole panel rated it.
    """

    def __init__(
        self, chance: random.Random, cast: Cast, number: int, count: int, roles: int
    ) -> None:
        share = 100 * number // count
        self.chance = chance
        self.is_over = share >= AHEAD or count < 100
        self.has_own_card = share >= AHEAD + TO_SCORE or count < 100
        self.is_decided = share >= AHEAD + TO_SCORE + IN_DEBRIEF or count < 100
        self.end = LAST_END - number * APART
        self.flow = registry.flow()
        self.rubric = registry.rubric(self.flow.rubric)
        is_earlier = share >= 100 - EARLIER_RUBRIC
        self.version = EARLIER_VERSION if is_earlier else self.rubric.version
        self.design = self._design(cast)
        self.interview = self._interview(number, self._skewed(roles))
        self.is_opened = self.is_decided and number == _newest_decided(count)
        beside = max(cast.panels) if self.is_opened else chance.choice(cast.panels)
        self.raters = [cast.owner, *chance.sample(cast.others, beside)]
        self.seats = [self._seat(place, user) for place, user in enumerate(self.raters)]

    def rows(self, *, is_detailed: bool) -> Iterator[models.Model]:
        guest = Guest(name=self.interview.candidate_name)
        candidate = Participant(
            design=self.design, guest=guest, role=Role.CANDIDATE.value, name=guest.name, color=6
        )
        yield from (self.design, self.interview, guest, *self.seats, candidate)
        if not self.is_over:
            return
        cards = [self._card(seat) for seat in self.seats]
        yield from cards
        yield from (
            Reveal(interview=self.interview, participant=seat, what="peers", at=self.end)
            for seat in self.seats[not self.has_own_card :]
        )
        levels = self._levels()
        if is_detailed or self.is_opened:
            yield from self._events()
            yield from self._ratings(cards, levels)
            yield from self._panel(levels)
            yield from self._machine(levels)
        yield self._result(levels)
        if self.is_decided:
            yield Decision(
                interview=self.interview,
                verdict=self.chance.choice(VERDICTS),
                reason="Synthetic",
                by_name=self.raters[0].name,
                at=self.end,
            )

    def _skewed(self, size: int) -> int:
        return int(size * self.chance.random() ** SKEW)

    def _design(self, cast: Cast) -> DesignSession:
        problems = sorted(registry.problems(), key=lambda one: one.id != COMMON_PROBLEM)
        problem = problems[self._skewed(len(problems))]
        return DesignSession(
            kind=DesignSession.Kind.INTERVIEW,
            organisation=cast.organisation,
            title=problem.title,
            flow_id=self.flow.id,
            flow_version=self.flow.version,
            rubric_id=self.rubric.id,
            rubric_version=self.version,
            problem_id=problem.id,
            problem_version=problem.version,
            problem_title=problem.title,
            problem_prompt=problem.prompt,
            updated_at=self.end,
            opened_at=self.end - LENGTH,
            ended_at=self.end if self.is_over else None,
        )

    def _interview(self, number: int, role: int) -> Interview:
        return Interview(
            design=self.design,
            position=f"Engineer, team {role}",
            seniority=self.chance.choice(Interview.Seniority.values),
            candidate_name=f"Synthetic candidate {number}",
            candidate_email=f"candidate.{number}@example.org",
            is_blind=self.chance.random() < 0.05,
            scheduled_at=self.end - LENGTH,
            started_at=self.end - LENGTH if self.is_over else None,
            ended_at=self.end if self.is_over else None,
        )

    def _seat(self, place: int, user: User) -> Participant:
        role = Role.INTERVIEWER if place else Role.OWNER
        return Participant(
            design=self.design, user=user, role=role.value, name=user.name, color=place + 1
        )

    def _card(self, seat: Participant) -> ScoreCard:
        is_in = self.has_own_card or seat is not self.seats[0]
        return ScoreCard(
            interview=self.interview,
            rater=seat,
            rubric_id=self.rubric.id,
            rubric_version=self.version,
            rubric_sha256=self.rubric.sha256,
            status="submitted" if is_in else "draft",
            verdict="yes",
            created_at=self.end,
            updated_at=self.end,
            submitted_at=self.end if is_in else None,
        )

    def _events(self) -> Iterator[PlayEvent]:
        start, steps = self.end - LENGTH, [step.id for step in self.flow.steps]
        dive = self.chance.choice(steps)
        kinds = [(Kind.STARTED, "")]
        for step in steps:
            kinds.append((Kind.ENTERED, step))
            if step == dive:
                kinds.append((Kind.DIVED, step))
        for seq, (kind, step) in enumerate([*kinds, (Kind.ENDED, "")], 1):
            at = self.end if kind == Kind.ENDED else start + seq * timedelta(minutes=3)
            yield PlayEvent(interview=self.interview, seq=seq, at=at, kind=kind.value, step=step)

    def _levels(self) -> Mapping[str, list[int]]:
        """By item, what each rater gave: a candidate is good or bad throughout."""
        data: Any = self.rubric.data
        criteria = [row["id"] for row in data["criteria"]]
        steps = [step.id for step in self.flow.steps]
        items = [*steps, *self.chance.sample(criteria, CRITERIA), "xc"]
        good = self.chance.gauss(2.5, 0.8)
        return {item: [self._level(good) for _ in self.seats] for item in items}

    def _level(self, good: float) -> int:
        return min(4, max(1, round(self.chance.gauss(good, 0.6))))

    def _ratings(
        self, cards: Sequence[ScoreCard], levels: Mapping[str, Sequence[int]]
    ) -> Iterator[Rating]:
        """Of the steps: no list shows those of criteria one by one."""
        for place, card in enumerate(cards):
            for step in self.flow.steps:
                yield Rating(
                    card=card,
                    item=step.id,
                    kind=Rating.Kind.STEP,
                    level=levels[step.id][place],
                    updated_at=self.end,
                )

    def _panel(self, levels: Mapping[str, Sequence[int]]) -> Iterator[PanelStep]:
        for item, given in levels.items():
            yield PanelStep(
                interview=self.interview,
                item=item,
                mean=fmean(given),
                median=median(given),
                spread=max(given) - min(given),
                raters=len(given),
                levels={
                    str(seat.id): float(one) for seat, one in zip(self.seats, given, strict=True)
                },
            )

    def _machine(self, levels: Mapping[str, Sequence[int]]) -> Iterator[MachineStep]:
        for step in self.flow.steps:
            yield MachineStep(
                interview=self.interview,
                item=step.id,
                level=self._level(fmean(levels[step.id])),
                engine_id="rubric-lexical",
                engine_version="2",
            )

    def _result(self, levels: Mapping[str, Sequence[int]]) -> PanelResult:
        total = fmean(fmean(levels[step.id]) for step in self.flow.steps)
        return PanelResult(
            interview=self.interview,
            rubric_id=self.rubric.id,
            rubric_version=self.version,
            total=total,
            band="yes" if total >= 2.7 else "no",
            coverage=self.chance.uniform(0.3, 1),
            raters=len(self.seats),
            refreshed_at=self.end,
        )


def _write_log(organisation: Organisation, count: int) -> None:
    """An audit log with an entry an interview, chained as the product chains it."""
    chain = Chain(name=chain_name(organisation.id))
    entries = []
    for seq in range(1, count + 1):
        entry = AuditEntry(
            chain=chain,
            seq=seq,
            at=LAST_END - (count - seq) * APART,
            kind="interview.ended",
            organisation_id=organisation.id,
            details_text="{}",
            previous_hash=chain.hash,
        )
        entry.hash = entry_hash(entry)
        chain.seq, chain.hash = seq, entry.hash
        entries.append(entry)
    chain.save()
    AuditEntry.objects.bulk_create(entries, batch_size=500)
