"""Are candidates of all groups scored alike? Counts by self-declared group, without anybody's name.

Scoring rate and impact ratio as New York's Local Law 144 defines them (6 RCNY § 5-300): the scoring
rate of a group is the share of its members above the median of all, the impact ratio divides it by
the highest scoring rate. Groups under five people are left out, for they could be told apart.
"""

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from apps.interviews.models import GroupAnswer, Interview

SEXES: Final = {"female": "Female", "male": "Male", "other": "Another"}
ETHNICITIES: Final = {
    "hispanic": "Hispanic or Latino",
    "white": "White",
    "black": "Black or African American",
    "pacific": "Native Hawaiian or Pacific Islander",
    "asian": "Asian",
    "native": "Native American or Alaska Native",
    "several": "Two or more",
}
SMALLEST: Final = 5
UNKNOWN: Final = "unknown"


@dataclass(frozen=True)
class Rate:
    """One line of the export. The figures are None where the group is too small to be shown."""

    by: str  # "sex", "ethnicity" or "sex and ethnicity"
    group: str
    people: int | None
    above_median: int | None
    scoring_rate: float | None
    impact_ratio: float | None


def save_answer(design_id: UUID, sex: str, ethnicity: str) -> None:
    """Empty is an answer too: rather not say. Raises ValueError for an unknown group."""
    if sex not in {"", *SEXES} or ethnicity not in {"", *ETHNICITIES}:
        raise ValueError(f"There are no such groups: {sex!r}, {ethnicity!r}.")
    GroupAnswer.objects.update_or_create(
        key=_key(design_id), defaults={"sex": sex, "ethnicity": ethnicity}
    )


def forget_answer(design_id: UUID) -> None:
    GroupAnswer.objects.filter(key=_key(design_id)).delete()


def score_rates(interviews: QuerySet[Interview]) -> list[Rate]:
    """Of those that have a total."""
    rows = interviews.filter(result__total__isnull=False)
    totals = {_key(pk): total for pk, total in rows.values_list("pk", "result__total")}
    answers = GroupAnswer.objects.in_bulk(list(totals))
    return rates_of([(total or 0.0, _groups(answers.get(key))) for key, total in totals.items()])


def rates_of(people: Collection[tuple[float, Mapping[str, str]]]) -> list[Rate]:
    """people: a total each, and the group by each way of grouping."""
    if not people:
        return []
    middle = median(total for total, _ in people)
    counts: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for total, groups in people:
        for by, group in groups.items():
            counts[by, group].append(total > middle)
    ways = dict.fromkeys(by for by, _ in counts)
    return [
        rate
        for by in ways
        for rate in _rates(by, {group: rows for (way, group), rows in counts.items() if way == by})
    ]


def _rates(by: str, groups: Mapping[str, list[bool]]) -> Iterable[Rate]:
    shown = {group: rows for group, rows in groups.items() if len(rows) >= SMALLEST}
    # One hidden group could be had by subtraction from the whole: a second one goes with it.
    if len(groups) - len(shown) == 1 and shown:
        del shown[min(shown, key=lambda group: (len(shown[group]), group))]
    known = [sum(rows) / len(rows) for group, rows in shown.items() if group != UNKNOWN]
    best = max(known, default=0.0)
    for group in sorted(groups):
        rows = shown.get(group)
        if rows is None:
            yield Rate(by, group, None, None, None, None)
            continue
        rate = sum(rows) / len(rows)
        ratio = rate / best if best and group != UNKNOWN else None
        yield Rate(by, group, len(rows), sum(rows), rate, ratio)


def _groups(answer: GroupAnswer | None) -> dict[str, str]:
    sex = (answer.sex if answer else "") or UNKNOWN
    ethnicity = (answer.ethnicity if answer else "") or UNKNOWN
    both = UNKNOWN if UNKNOWN in (sex, ethnicity) else f"{sex}, {ethnicity}"
    return {"sex": sex, "ethnicity": ethnicity, "sex and ethnicity": both}


def _key(design_id: UUID) -> str:
    secret = settings.SECRET_KEY.encode()
    return hmac.new(secret, f"groups:{design_id}".encode(), hashlib.sha256).hexdigest()
