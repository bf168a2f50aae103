"""How do the candidates of a role, or on a problem, compare? By one version of one rubric."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias, TypeVar
from uuid import UUID

from django.db.models import Case, CharField, Count, F, IntegerField, Max, Q, Value, When
from django.db.models.functions import Cast, Floor
from django.utils.text import slugify

from apps.accounts.actors import Actor
from apps.core import clock
from apps.interviews.domain.queries.seats import Panels, SeatedInterview, panels_of, rated_by
from apps.interviews.domain.reading import events_of
from apps.interviews.enums import Verdict
from apps.interviews.models import PanelStep, Rating, ScoreCard
from apps.interviews.play import Plan, play

LOW_COVERAGE: Final = 0.45
PANEL: Final = 2
MOST_TOTALS: Final = 300
# In debrief: the own card is in, and nothing decided. Whether it is in, is asked only then.
STAGES: Final = ("decided", "debrief", "to_score")
STAGE: Final = Case(
    When(decision__isnull=False, then=Value("decided")),
    When(is_own_card_in=True, then=Value("debrief")),
    default=Value("to_score"),
    output_field=CharField(),
)

Rubric: TypeAlias = tuple[str, str]  # id and version
Key: TypeAlias = tuple[UUID, str]  # of the interview, and the item

Counted = TypeVar("Counted")


@dataclass(frozen=True, slots=True)
class Role:
    """positions: every way of writing that has this slug."""

    slug: str
    name: str
    positions: tuple[str, ...]
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


@dataclass(frozen=True, slots=True)
class Comparison:
    """interviews: those by the rubric that pass the filters; left_out: by other versions.

    count: of the interviews; None where the filters ask for a count of their own. stages and
    problems (ids and titles) are of all, whatever the filters.
    """

    interviews: Panels
    rubric: Rubric | None
    rubrics: list[Rubric]
    left_out: int
    count: int | None
    stages: dict[str, int]
    problems: list[tuple[str, str]]


class _Group(NamedTuple):
    """Sessions alike in all that the head of the page counts."""

    rubric: Rubric
    problem: str
    title: str
    stage: str
    sessions: int


def roles_of(actor: Actor) -> list[Role]:
    """The roles that the actor's interviews were held for, the newest first."""
    held = panels_of(actor).filter(ended_at__isnull=False).exclude(position="").order_by()
    rows = held.values("position").annotate(candidates=Count("pk"), latest=Max("ended_at"))
    by_slug: dict[str, list[Mapping[str, object]]] = {}
    for row in rows:
        by_slug.setdefault(slugify(str(row["position"])) or "role", []).append(row)
    roles = [_role(slug, of) for slug, of in by_slug.items()]
    return sorted(roles, key=lambda role: str(role.latest), reverse=True)


def _role(slug: str, rows: list[Mapping[str, object]]) -> Role:
    newest = max(rows, key=lambda row: str(row["latest"]))
    return Role(
        slug=slug,
        name=str(newest["position"]),
        positions=tuple(str(row["position"]) for row in rows),
        candidates=sum(int(str(row["candidates"])) for row in rows),
        latest=newest["latest"],
    )


def of_role(actor: Actor, role: Role) -> Panels:
    return panels_of(actor).filter(position__in=role.positions, ended_at__isnull=False)


def of_problem(actor: Actor, problem_id: str) -> Panels:
    return panels_of(actor).filter(design__problem_id=problem_id, ended_at__isnull=False)


def compare(interviews: Panels, filters: Filters) -> Comparison:
    groups = _groups(interviews)
    sessions = _counted((group.rubric, group.sessions) for group in groups)
    # Most sessions first; of as many, the newest version.
    rubrics = sorted(sessions, key=lambda one: (sessions[one], one[1]), reverse=True)
    named = [one for one in rubrics if "@".join(one) == filters.rubric]
    rubric = (named or rubrics)[0] if rubrics else None
    chosen = interviews
    if rubric:
        chosen = chosen.filter(design__rubric_id=rubric[0], design__rubric_version=rubric[1])
    in_rubric = sessions[rubric] if rubric else 0
    titles = {group.problem: group.title for group in sorted(groups) if group.problem}
    return Comparison(
        interviews=chosen.filter(_condition(filters)),
        rubric=rubric,
        rubrics=rubrics,
        left_out=sum(sessions.values()) - in_rubric,
        count=in_rubric if filters == Filters(filters.rubric) else None,
        stages=dict.fromkeys(STAGES, 0) | _counted((one.stage, one.sessions) for one in groups),
        problems=sorted(titles.items(), key=lambda row: row[1]),
    )


def _groups(interviews: Panels) -> list[_Group]:
    rows = (
        interviews.order_by()
        .annotate(stage=STAGE)
        .values_list("design__rubric_id", "design__rubric_version", "design__problem_id", "stage")
        .annotate(title=Max("design__problem_title"), sessions=Count("pk"))
    )
    return [
        _Group((rubric, version), problem, title, stage, sessions)
        for rubric, version, problem, stage, title, sessions in rows
    ]


def _counted(pairs: Iterable[tuple[Counted, int]]) -> dict[Counted, int]:
    found: dict[Counted, int] = {}
    for what, count in pairs:
        found[what] = found.get(what, 0) + count
    return found


def _condition(filters: Filters) -> Q:
    """What others gave is filtered by only where it may be seen."""
    condition = Q(design__problem_id=filters.problem) if filters.problem else Q()
    if filters.verdict in set(Verdict):
        condition &= Q(decision__verdict=filters.verdict, is_own_card_in=True)
    if filters.is_panel:
        condition &= Q(result__raters__gte=PANEL, is_own_card_in=True)
    if filters.is_covered:
        condition &= Q(result__coverage__gte=LOW_COVERAGE, is_own_card_in=True)
    return condition


def in_rows(interviews: Panels) -> Panels:
    """As the grid lists them: the best total first; those without one by their end."""
    return interviews.order_by("-is_own_card_in", "-result__total", "-ended_at", "pk")


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


def level_counts(interviews: Panels, items: Sequence[str]) -> dict[str, list[int]]:
    """By item, how many candidates have a panel mean that rounds to 1, 2, 3 and 4."""
    seen = interviews.filter(is_own_card_in=True).order_by().values("pk")
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


def totals(interviews: Panels) -> list[tuple[str, float]]:
    """Names and totals for the strip, the newest first; blind sessions without their name."""
    seen = interviews.filter(is_own_card_in=True, result__total__isnull=False)
    rows = seen.order_by("-ended_at").values_list("candidate_name", "result__total", "is_blind")
    return [
        ("" if is_blind else name, total)
        for name, total, is_blind in rows[:MOST_TOTALS]
        if total is not None
    ]
