"""The bank of problems as its pages show it: shelves, filters, and one problem beside them."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from django.http import HttpRequest, QueryDict

from apps.accounts.middleware import actor_of
from apps.content import registry
from apps.content.audience import for_candidates
from apps.content.types import Problem
from apps.designs.domain.keys import may_read_keys
from apps.web.problem_page import problem_context
from apps.web.views.home import FIRST_PROBLEM

DIFFICULTIES: Final = ("warm-up", "standard", "hard")


@dataclass(frozen=True)
class Choice:
    value: str
    name: str
    chosen: bool


@dataclass(frozen=True)
class Filter:
    """One of the lists to choose from above the bank. name: of the parameter in the address."""

    name: str
    label: str
    choices: tuple[Choice, ...]


def bank_context(request: HttpRequest, bank: list[Problem], chosen: Problem) -> dict[str, object]:
    """The problems by family and the chosen one.

    What an interviewer knows and a candidate has to ask for is not even in the context of others.
    """
    reads_keys = may_read_keys(actor_of(request), chosen.id)
    listed = [problem for problem in bank if _fits(problem, request.GET)]
    shown = chosen if reads_keys else for_candidates(chosen)
    return {
        "families": [(name, list(group)) for name, group in groupby(listed, lambda p: p.family)],
        "count": len(listed),
        "filters": _filters(bank, request.GET),
        "query": _filter_query(request.GET),
        **problem_context(shown, shows_brief=reads_keys),
    }


def chosen_from(bank: list[Problem], problem_id: str) -> Problem:
    """The one asked for, else the one to begin with, else any."""
    by_id = {problem.id: problem for problem in bank}
    return by_id.get(problem_id) or by_id.get(FIRST_PROBLEM) or bank[0]


def _fits(problem: Problem, wanted: Mapping[str, object]) -> bool:
    return (
        wanted.get("family", problem.family) in ("", problem.family)
        and wanted.get("difficulty", "") in ("", problem.difficulty)
        and wanted.get("step", "") in ("", *problem.emphasis)
    )


def _filters(bank: list[Problem], wanted: QueryDict) -> list[Filter]:
    families = [(name, name) for name in sorted({problem.family for problem in bank})]
    difficulties = [(value, value.capitalize()) for value in DIFFICULTIES]
    steps = [(step.id, step.name) for step in registry.flow().steps]
    return [
        _filter("family", "All families", families, wanted),
        _filter("difficulty", "Any difficulty", difficulties, wanted),
        _filter("step", "Every step", steps, wanted),
    ]


def _filter(name: str, label: str, values: list[tuple[str, str]], wanted: QueryDict) -> Filter:
    asked = wanted.get(name, "")
    return Filter(name, label, tuple(Choice(value, text, value == asked) for value, text in values))


def _filter_query(wanted: QueryDict) -> str:
    """The filters as an address carries them, so that they outlive a click on a problem."""
    kept = QueryDict(mutable=True)
    for name in ("family", "difficulty", "step"):
        if wanted.get(name):
            kept[name] = str(wanted[name])
    return kept.urlencode()
