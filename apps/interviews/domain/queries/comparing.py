"""How do the candidates of a role, or on a problem, compare? By one version of one rubric."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple, TypeAlias
from uuid import UUID

from django.db.models import Count, F, IntegerField, Max
from django.db.models.functions import Cast, Floor
from django.utils.text import slugify

from apps.accounts.actors import Actor
from apps.core import clock
from apps.interviews.domain.queries.seats import Panels, SeatedInterview, panels_of, rated_by
from apps.interviews.domain.reading import events_of
from apps.interviews.enums import Verdict
from apps.interviews.models import Interview, PanelStep, Rating, ScoreCard
from apps.interviews.play import Plan, play

LOW_COVERAGE: Final = 0.45
PANEL: Final = 2
MOST_TOTALS: Final = 300
VERDICTS: Final = frozenset(one.value for one in Verdict)
STAGES: Final = ("decided", "debrief", "to_score")

Rubric: TypeAlias = tuple[str, str]  # id and version
Key: TypeAlias = tuple[UUID, str]  # of the interview, and the item


@dataclass(frozen=True, slots=True)
class Role:
    """name: as the newest of its interviews writes it."""

    slug: str
    name: str
    candidates: int
    latest: object


@dataclass(frozen=True, slots=True)
class Filters:
    """As the address has them. rubric: "" for the one that most sessions have."""

    rubric: str = ""
    problem: str = ""
    verdict: str = ""
    is_panel: bool = False  # rated by two or more
    is_covered: bool = False


class Session(NamedTuple):
    """One interview, as far as the page needs it of all of them.

    verdict: None before the decision. total, coverage, raters: None without a result.
    """

    interview: UUID
    rubric_id: str
    rubric_version: str
    problem: str
    title: str
    position: str
    candidate: str
    ended_at: datetime
    is_blind: bool
    is_own_card_in: bool
    verdict: str | None
    total: float | None
    coverage: float | None
    raters: int | None

    @property
    def rubric(self) -> Rubric:
        return self.rubric_id, self.rubric_version

    @property
    def stage(self) -> str:
        if self.verdict is not None:
            return "decided"
        return "debrief" if self.is_own_card_in else "to_score"


@dataclass(frozen=True, slots=True)
class Comparison:
    """sessions: those by the rubric that pass the filters, as the grid lists them.

    left_out: how many are by other versions. stages and problems (ids and titles) are of all,
    whatever the filters; position: as the newest of all writes it, "" where there is none.
    """

    sessions: list[Session]
    rubric: Rubric | None
    rubrics: list[Rubric]
    left_out: int
    stages: dict[str, int]
    problems: list[tuple[str, str]]
    position: str


def roles_of(actor: Actor) -> list[Role]:
    """The roles that the actor's interviews were held for, the newest first."""
    held = panels_of(actor).filter(ended_at__isnull=False).exclude(position="").order_by()
    rows = held.values("position").annotate(candidates=Count("pk"), latest=Max("ended_at"))
    by_slug: dict[str, list[Mapping[str, object]]] = {}
    for row in rows:
        by_slug.setdefault(role_slug(str(row["position"])), []).append(row)
    roles = [_role(slug, of) for slug, of in by_slug.items()]
    return sorted(roles, key=lambda role: str(role.latest), reverse=True)


def role_slug(position: str) -> str:
    return slugify(position) or "role"


def _role(slug: str, rows: list[Mapping[str, object]]) -> Role:
    newest = max(rows, key=lambda row: str(row["latest"]))
    return Role(
        slug=slug,
        name=str(newest["position"]),
        candidates=sum(int(str(row["candidates"])) for row in rows),
        latest=newest["latest"],
    )


def of_role(actor: Actor, slug: str) -> Panels:
    """Whichever way the role was written. Who may see them is asked of its interviews alone."""
    written = Interview.objects.order_by().values_list("position", flat=True).distinct()
    positions = [one for one in written if one and role_slug(one) == slug]
    return panels_of(actor).filter(position__in=positions, ended_at__isnull=False)


def of_problem(actor: Actor, problem_id: str) -> Panels:
    return panels_of(actor).filter(design__problem_id=problem_id, ended_at__isnull=False)


def compare(interviews: Panels, filters: Filters) -> Comparison:
    """One query, whatever is asked of them: to find out who may see what is most of its cost."""
    of_all = _sessions(interviews)
    counts = Counter(one.rubric for one in of_all)
    # Most sessions first; of as many, the newest version.
    rubrics = sorted(counts, key=lambda one: (counts[one], one[1]), reverse=True)
    named = [one for one in rubrics if "@".join(one) == filters.rubric]
    rubric = (named or rubrics)[0] if rubrics else None
    in_rubric = [one for one in of_all if one.rubric == rubric]
    titles = dict(sorted({(one.problem, one.title) for one in of_all if one.problem}))
    stages = Counter(one.stage for one in of_all)
    return Comparison(
        sessions=sorted((one for one in in_rubric if _passes(one, filters)), key=_place),
        rubric=rubric,
        rubrics=rubrics,
        left_out=len(of_all) - len(in_rubric),
        stages={stage: stages[stage] for stage in STAGES},
        problems=sorted(titles.items(), key=lambda row: row[1]),
        position=max(of_all, key=lambda one: one.ended_at).position if of_all else "",
    )


def _sessions(interviews: Panels) -> list[Session]:
    """Of interviews that have ended. The order of the columns is that of `Session`."""
    rows: Iterable[Any] = interviews.order_by().values_list(
        "pk",
        "design__rubric_id",
        "design__rubric_version",
        "design__problem_id",
        "design__problem_title",
        "position",
        "candidate_name",
        "ended_at",
        "is_blind",
        "is_own_card_in",
        "decision__verdict",
        "result__total",
        "result__coverage",
        "result__raters",
    )
    return [Session(*row) for row in rows]


def _passes(session: Session, filters: Filters) -> bool:
    """What others gave is filtered by only where it may be seen."""
    if filters.problem and session.problem != filters.problem:
        return False
    asks_of_others = filters.is_panel or filters.is_covered or filters.verdict in VERDICTS
    if asks_of_others and not session.is_own_card_in:
        return False
    if filters.verdict in VERDICTS and session.verdict != filters.verdict:
        return False
    if filters.is_panel and (session.raters or 0) < PANEL:
        return False
    return not filters.is_covered or (session.coverage or 0) >= LOW_COVERAGE


def _place(session: Session) -> tuple[object, ...]:
    """The best total first; those without one that may be seen by their end, the last first."""
    total = session.total if session.is_own_card_in else None
    last_first = -session.ended_at.timestamp()
    return not session.is_own_card_in, total is None, -(total or 0), last_first, session.interview


def panel_means(interviews: Iterable[SeatedInterview]) -> dict[Key, float]:
    """Of those whose panel may be seen, by interview and item."""
    seen = [one.pk for one in interviews if one.is_own_card_in]
    rows = PanelStep.objects.filter(interview_id__in=seen, mean__isnull=False)
    found = rows.values_list("interview_id", "item", "mean")
    return {(pk, item): mean for pk, item, mean in found if mean is not None}


def own_ratings(actor: Actor, interviews: Iterable[SeatedInterview]) -> dict[Key, int | str]:
    """The actor's own levels and states, by interview and item, where the panel is withheld."""
    withheld = [one.pk for one in interviews if not one.is_own_card_in]
    cards = ScoreCard.objects.filter(rated_by(actor), interview__in=withheld)
    rows = Rating.objects.filter(card__in=cards)
    found = rows.values_list("card__interview", "item", "level", "state")
    return {(pk, item): level or state for pk, item, level, state in found}


def step_states(interviews: Iterable[SeatedInterview], items: Iterable[str]) -> dict[Key, str]:
    """What became of each step. Times do not matter here, so every step is planned alike."""
    plan = dict.fromkeys(items, 0.0)
    listed = list(interviews)
    events = events_of([one.pk for one in listed])
    return {
        (one.pk, step.id): step.state.value
        for one in listed
        for step in play(
            Plan(plan, frozenset(one.deep_dives)), events.get(one.pk, ()), clock.now()
        ).steps
    }


def level_counts(sessions: Iterable[Session], items: Sequence[str]) -> dict[str, list[int]]:
    """By item, how many candidates have a panel mean that rounds to 1, 2, 3 and 4."""
    seen = [one.interview for one in sessions if one.is_own_card_in]
    rows = PanelStep.objects.filter(
        interview_id__in=seen, item__in=items, mean__isnull=False
    ).order_by()
    level = Cast(Floor(F("mean") + 0.5), IntegerField())
    counted = rows.annotate(rounded=level).values_list("item", "rounded").annotate(n=Count("*"))
    found: dict[str, list[int]] = {}
    for item, rounded, count in counted:
        if 1 <= rounded <= 4:
            found.setdefault(item, [0] * 4)[rounded - 1] = count
    return found


def totals(sessions: Iterable[Session]) -> list[tuple[str, float]]:
    """Names and totals for the strip, the newest first; blind sessions without their name."""
    seen = [one for one in sessions if one.is_own_card_in and one.total is not None]
    newest = sorted(seen, key=lambda one: one.ended_at, reverse=True)[:MOST_TOTALS]
    return [("" if one.is_blind else one.candidate, one.total or 0) for one in newest]
