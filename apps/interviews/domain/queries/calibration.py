"""Is the bar the same for everybody? Double-rated sessions as the units of the statistics."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final, NamedTuple
from uuid import UUID

from django.core.cache import cache
from django.db.models import Count, Max

from apps.accounts.actors import Actor
from apps.designs.models import Participant
from apps.interviews.domain.queries.seats import Panels, panels_of
from apps.interviews.models import MachineStep, PanelStep
from apps.interviews.statistics.ratings import Unit
from apps.interviews.statistics.report import Report, report_of

# Calibration is about the bar of today, and a page has to come soon: the newest sessions count.
MOST_SESSIONS: Final = 1_000
KEPT_S: Final = 3_600
RATERS: Final = 2


@dataclass(frozen=True, slots=True)
class Chosen:
    """As the address has it. rubric: id and version; rater: a key of `Calibration.raters`."""

    rubric: tuple[str, str]
    problem: str = ""
    rater: str = ""


class Rater(NamedTuple):
    name: str
    color: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """raters: by the key that the report has. engines: id and version of the machine."""

    report: Report
    raters: dict[str, Rater]
    engines: list[str]
    left_out: int = 0  # sessions older than those counted


class Contents(NamedTuple):
    """Of double-rated sessions: rubrics (id and version), those with most sessions first; problems
    (id and title); how many there are by rubric and problem."""

    rubrics: list[tuple[str, str]]
    problems: list[tuple[str, str]]
    sessions: Mapping[tuple[str, str, str], int]

    def count(self, chosen: Chosen) -> int:
        return sum(
            sessions
            for (*rubric, problem), sessions in self.sessions.items()
            if tuple(rubric) == chosen.rubric and chosen.problem in ("", problem)
        )


def double_rated(actor: Actor) -> Panels:
    """Interviews whose panel of two or more the actor may see."""
    return panels_of(actor).filter(
        is_own_card_in=True, result__raters__gte=RATERS, ended_at__isnull=False
    )


def contents(interviews: Panels) -> Contents:
    rows = sorted(
        interviews.order_by()
        .values_list("result__rubric_id", "result__rubric_version", "design__problem_id")
        .annotate(title=Max("design__problem_title"), sessions=Count("pk"))
    )
    rubrics: Counter[tuple[str, str]] = Counter()
    titles: dict[str, str] = {}
    for rubric_id, version, problem, title, sessions in rows:
        rubrics[rubric_id, version] += sessions
        if problem:
            titles[problem] = title
    by_title = sorted(titles.items(), key=lambda row: row[1])
    counts = {(rubric_id, version, problem): n for rubric_id, version, problem, _, n in rows}
    return Contents([rubric for rubric, _ in rubrics.most_common()], by_title, counts)


def calibration(actor: Actor, chosen: Chosen, items: Sequence[str], count: int) -> Calibration:
    """items: the steps, in their order. count: of the sessions, also of those too old to count.

    Figures are kept by all that they are made of: the sessions themselves, as their last card left
    them. Whoever may read the same sessions gets the same; a new card or right makes them anew.
    """
    sessions = _sessions(actor, chosen)
    rows = sessions.order_by("-ended_at", "pk").values_list(
        "pk", "ended_at", "result__refreshed_at"
    )
    newest = list(rows[:MOST_SESSIONS])
    machine = MachineStep.objects.aggregate(newest=Max("pk"))["newest"]
    text = repr((chosen, tuple(items), machine, newest))
    key = f"calibration:{sha256(text.encode()).hexdigest()}"
    found: Calibration | None = cache.get(key)
    if found is None:
        months = {pk: f"{ended:%Y-%m}" for pk, ended, _ in newest}
        found = _calibration(months, chosen, items)
        cache.set(key, found, KEPT_S)
    return replace(found, left_out=max(0, count - len(newest)))


def _sessions(actor: Actor, chosen: Chosen) -> Panels:
    rubric_id, version = chosen.rubric
    sessions = double_rated(actor).filter(
        result__rubric_id=rubric_id, result__rubric_version=version
    )
    return sessions.filter(design__problem_id=chosen.problem) if chosen.problem else sessions


def _calibration(months: Mapping[UUID, str], chosen: Chosen, items: Sequence[str]) -> Calibration:
    """months: of the sessions that count, when each ended."""
    seats, raters = _raters(list(months))
    machine, engines = _machine(list(months))
    rows = PanelStep.objects.filter(
        interview_id__in=list(months), item__in=items, raters__gte=RATERS
    )
    in_order = rows.order_by("item", "interview_id")  # resamples are the same for the same rows
    units = [
        Unit(
            session=str(pk),
            item=item,
            people={seats[one]: level for one, level in levels.items() if one in seats},
            machine=machine.get((pk, item)),
            month=months[pk],
        )
        for pk, item, levels in in_order.values_list("interview_id", "item", "levels")
    ]
    if chosen.rater:
        units = [unit for unit in units if chosen.rater in unit.people]
    return Calibration(report_of(units, items), raters, engines)


def _raters(sessions: Sequence[UUID]) -> tuple[dict[str, str], dict[str, Rater]]:
    """The person behind each seat, and who they are: somebody has a seat in every session."""
    seats: dict[str, str] = {}
    raters: dict[str, Rater] = {}
    rows = Participant.objects.filter(design_id__in=sessions, cards__isnull=False)
    found = rows.values_list("id", "user_id", "guest_id", "user__name", "name", "color").distinct()
    for seat, user_id, guest_id, account, name, color in found:
        key = str(user_id or guest_id)
        seats[str(seat)] = key
        raters[key] = Rater(account or name, color)
    return seats, raters


def _machine(sessions: Sequence[UUID]) -> tuple[dict[tuple[UUID, str], float], list[str]]:
    levels: dict[tuple[UUID, str], float] = {}
    engines: dict[str, int] = defaultdict(int)
    rows = MachineStep.objects.filter(interview_id__in=sessions)
    found = rows.values_list("interview_id", "item", "level", "engine_id", "engine_version")
    for pk, item, level, engine, version in found:
        levels[pk, item] = level
        engines[f"{engine} {version}"] += 1
    return levels, sorted(engines, key=lambda name: -engines[name])
