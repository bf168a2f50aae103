"""Many finished interviews at once, written as rows: for measuring, not for showing."""

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.db import models

from apps.accounts.models import User
from apps.content import registry
from apps.core.permissions import Role
from apps.designs.models import DesignSession, Participant
from apps.interviews.models import (
    Decision,
    Interview,
    MachineStep,
    PanelResult,
    PanelStep,
    Rating,
    ScoreCard,
)

FIRST_END: Final = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
APART: Final = timedelta(minutes=40)
BATCH: Final = 500
ROLES: Final = 40
PROBLEMS: Final = ("rec-video", "asr", "cv-class")


def make_many(
    raters: Sequence[User], count: int, *, roles: int = ROLES, detailed: int = -1
) -> None:
    """raters: the first owns all. detailed: how many have their steps too; all unless told."""
    chance = random.Random(7)
    for start in range(0, count, BATCH):
        numbers = range(start, min(count, start + BATCH))
        _write(
            [row for number in numbers for row in _rows(chance, raters, number, roles, detailed)]
        )


def _write(rows: list[models.Model]) -> None:
    """In the order in which the kinds came, which is that of their keys."""
    for kind, of in _by_kind(rows).items():
        manager: Any = kind._default_manager
        manager.bulk_create(of)


def _by_kind(rows: list[models.Model]) -> dict[type[models.Model], list[models.Model]]:
    found: dict[type[models.Model], list[models.Model]] = {}
    for row in rows:
        found.setdefault(type(row), []).append(row)
    return found


def _rows(
    chance: random.Random, raters: Sequence[User], number: int, roles: int, detailed: int
) -> Iterator[models.Model]:
    flow = registry.flow()
    rubric = registry.rubric(flow.rubric)
    ended = FIRST_END + number * APART
    problem = registry.problem(PROBLEMS[number % len(PROBLEMS)])
    design = DesignSession(
        kind=DesignSession.Kind.INTERVIEW,
        title=problem.title,
        flow_id=flow.id,
        flow_version=flow.version,
        rubric_id=rubric.id,
        rubric_version=rubric.version,
        problem_id=problem.id,
        problem_version=problem.version,
        problem_title=problem.title,
        updated_at=ended,
        opened_at=ended,
        ended_at=ended,
    )
    interview = Interview(
        design=design,
        position=f"Engineer, team {number % roles}",
        seniority="senior",
        candidate_name=f"Synthetic candidate {number}",
        started_at=ended - timedelta(minutes=45),
        ended_at=ended,
    )
    seats = [
        Participant(
            design=design,
            user=user,
            role=Role.OWNER.value if user is raters[0] else Role.INTERVIEWER.value,
            name=user.name,
            color=place % 6 + 1,
        )
        for place, user in enumerate(raters)
    ]
    cards = [
        ScoreCard(
            interview=interview,
            rater=seat,
            rubric_id=rubric.id,
            rubric_version=rubric.version,
            rubric_sha256=rubric.sha256,
            status="submitted",
            verdict="yes",
            created_at=ended,
            updated_at=ended,
            submitted_at=ended,
        )
        for seat in seats
    ]
    yield from (design, interview, *seats, *cards)
    steps = [step.id for step in flow.steps] if detailed < 0 or number < detailed else []
    level = chance.randint(1, 4)
    for step in steps:
        given = [min(4, max(1, level + chance.choice((-1, 0, 0, 0, 1)))) for _ in seats]
        mean = sum(given) / len(given)
        yield PanelStep(
            interview=interview,
            item=step,
            mean=mean,
            median=sorted(given)[len(given) // 2],
            spread=max(given) - min(given),
            raters=len(given),
            levels={str(seat.id): one for seat, one in zip(seats, given, strict=True)},
        )
        yield MachineStep(
            interview=interview,
            item=step,
            level=min(4, max(1, level + chance.choice((-1, 0, 1)))),
            engine_id="rubric-lexical",
            engine_version="1",
        )
        yield Rating(card=cards[0], item=step, kind="step", level=given[0], updated_at=ended)
    yield PanelResult(
        interview=interview,
        rubric_id=rubric.id,
        rubric_version=rubric.version,
        total=float(level),
        band="yes",
        coverage=1.0,
        raters=len(seats),
        refreshed_at=ended,
    )
    if number % 3 != 2:
        yield Decision(
            interview=interview, verdict="yes", reason="Synthetic", by_name="Nobody", at=ended
        )
