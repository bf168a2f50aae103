"""The bank of problems, to read through: briefs for all, keys for interviewers."""

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from apps.accounts.middleware import actor_of
from apps.api.files import picture
from apps.content import worked
from apps.content.checks.problem import CROSS_STEP
from apps.content.domain import library
from apps.content.types import Problem
from apps.core.errors import NotFound
from apps.designs.document import validation
from apps.designs.domain.keys import may_read_keys
from apps.diagrams.domain.rendering import render_document
from apps.diagrams.errors import RenderFailed
from apps.diagrams.pipeline.themes import THEMES
from apps.web.bank import bank_context, chosen_from
from apps.web.worked_steps import marks_of, worked_steps

REFERENCE = "reference"  # the name of that design in an address, beside the ids of answers


@require_GET
def problems(request: HttpRequest) -> HttpResponse:
    """The bank, with the problem to begin with. Addresses of old named one in a parameter."""
    if asked := request.GET.get("problem"):
        return redirect("problem", asked)
    return _page(request, chosen_from(library.problems(_reader(request)), ""), "brief")


@require_GET
def problem(request: HttpRequest, problem_id: str) -> HttpResponse:
    return _page(request, library.problem(problem_id, _reader(request)), "brief")


@require_GET
def reference(request: HttpRequest, problem_id: str) -> HttpResponse:
    """The reference design, for those who may read it."""
    task = _with_keys(request, problem_id)
    if task.reference is None:
        raise NotFound("This problem has no reference design.")
    steps = worked_steps(task, task.reference.notes)
    return _page(request, task, REFERENCE, {"reference": task.reference, "steps": steps})


@require_GET
def answer(request: HttpRequest, problem_id: str, answer_id: str) -> HttpResponse:
    """A worked answer with its marks, for those who may read it."""
    task = _with_keys(request, problem_id)
    given = worked.answer_of(task, answer_id)
    steps = worked_steps(task, given.notes, given.marks)
    across = given.marks.get(CROSS_STEP)
    context = {
        "answer": given,
        "steps": steps,
        "across": across,
        "across_marks": marks_of(task, across),
    }
    return _page(request, task, answer_id, context)


@require_GET
def diagram(request: HttpRequest, problem_id: str, design: str, theme: str) -> HttpResponse:
    """The board of the reference design or of a worked answer, as Graphviz lays it out."""
    task = _with_keys(request, problem_id)
    if theme not in THEMES:
        raise NotFound(f'There is no theme "{theme}".')
    is_reference = design == REFERENCE
    made = worked.reference_document(task) if is_reference else worked.answer_document(task, design)
    try:
        drawn = render_document(validation.parse(made), "svg", theme)
    except RenderFailed as failure:
        raise NotFound("The diagram cannot be drawn here.") from failure
    return picture(drawn.body)


def _with_keys(request: HttpRequest, problem_id: str) -> Problem:
    """Raises NotFound for those who may not read the keys, as if there were none."""
    task = library.problem(problem_id, _reader(request))
    if not may_read_keys(actor_of(request), problem_id):
        raise NotFound("There is no such page.")
    return task


def _reader(request: HttpRequest) -> UUID | None:
    return actor_of(request).user_id


def _page(
    request: HttpRequest, task: Problem, tab: str, context: Mapping[str, object] | None = None
) -> HttpResponse:
    bank = bank_context(request, library.problems(_reader(request)), task)
    shown = {**bank, "section": "problems", "tab": tab, **(context or {})}
    return render(request, "pages/problems.html", shown)
