"""Is the bar the same for everybody? Double-rated sessions as the units of the statistics."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
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
    left_out: int  # sessions older than those counted


def double_rated(actor: Actor) -> Panels:
    """Interviews whose panel of two or more the actor may see."""
    return panels_of(actor).filter(
        is_own_card_in=True, result__raters__gte=RATERS, ended_at__isnull=False
    )


def rubrics_in(interviews: Panels) -> list[tuple[str, str]]:
    """Those with most sessions first."""
    rows = interviews.order_by().values_list("result__rubric_id", "result__rubric_version")
    counted = rows.annotate(sessions=Count("pk")).order_by("-sessions")
    return [(rubric, version) for rubric, version, _ in counted]


def calibration(actor: Actor, chosen: Chosen, items: Sequence[str]) -> Calibration:
    """Kept until a session of it changes. items: the steps, in their order."""
    sessions = _sessions(actor, chosen)
    state = sessions.order_by().aggregate(count=Count("pk"), newest=Max("result__refreshed_at"))
    state |= MachineStep.objects.aggregate(machine=Max("pk"))
    who = actor.user_id or actor.guest_id
    text = repr((who, chosen, tuple(items), sorted(state.items())))
    key = f"calibration:{sha256(text.encode()).hexdigest()}"
    found: Calibration | None = cache.get(key)
    if found is None:
        found = _calibration(sessions, chosen, items, state["count"])
        cache.set(key, found, KEPT_S)
    return found


def _sessions(actor: Actor, chosen: Chosen) -> Panels:
    rubric_id, version = chosen.rubric
    sessions = double_rated(actor).filter(
        result__rubric_id=rubric_id, result__rubric_version=version
    )
    return sessions.filter(design__problem_id=chosen.problem) if chosen.problem else sessions


def _calibration(sessions: Panels, chosen: Chosen, items: Sequence[str], count: int) -> Calibration:
    newest = sessions.order_by("-ended_at", "pk").values_list("pk", "ended_at")[:MOST_SESSIONS]
    months = {pk: f"{ended:%Y-%m}" for pk, ended in newest}
    seats, raters = _raters(list(months))
    machine, engines = _machine(list(months))
    rows = PanelStep.objects.filter(
        interview_id__in=list(months), item__in=items, raters__gte=RATERS
    )
    units = [
        Unit(
            session=str(pk),
            item=item,
            people={seats[one]: level for one, level in levels.items() if one in seats},
            machine=machine.get((pk, item)),
            month=months[pk],
        )
        for pk, item, levels in rows.values_list("interview_id", "item", "levels")
    ]
    if chosen.rater:
        units = [unit for unit in units if chosen.rater in unit.people]
    return Calibration(report_of(units, items), raters, engines, max(0, count - len(months)))


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
