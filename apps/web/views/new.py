"""The page that opens a session: on a problem of the bank, or in a flow without one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from apps.accounts.actors import Actor
from apps.accounts.cookies import write_guest_id
from apps.accounts.domain.guests import GUEST_NAME, as_guest
from apps.accounts.middleware import actor_of
from apps.content import registry
from apps.content.domain import library
from apps.content.types import USUAL_LENGTH, Flow, Problem
from apps.core.errors import Invalid
from apps.core.permissions import Action
from apps.designs.domain.access import access_for
from apps.designs.domain.creation import create_design
from apps.designs.models import DesignSession
from apps.designs.rules import check
from apps.interviews.domain.creation import create_interview
from apps.teams.domain.queries.members import organisations_of
from apps.teams.rules import TeamAction
from apps.web.bank import bank_context, chosen_from
from apps.web.forms import NewSessionForm
from apps.web.fresh_links import create_first_links, write_tokens
from apps.web.interview_form import LENGTHS, USUAL_NOTICE, InterviewForm


def new(request: HttpRequest) -> HttpResponse:
    """Choose a problem or a flow, and a kind; a POST creates the session.

    A POST with a length only asks for the plan of that length: what else was typed stays.
    """
    is_replan = "length" in request.POST
    bank = library.problems(actor_of(request).user_id)
    kind = {"kind": request.GET.get("kind", "")}
    form = NewSessionForm(bank, request.POST or None, initial=kind)
    flow, problem = _chosen(request, bank)
    details = _details(request, flow, problem)
    if request.method == "POST" and not is_replan and (made := _create(request, form, details)):
        return made
    context: dict[str, object] = {
        "form": form,
        "details": details,
        "kind": _kind_of(request),
        "teams": organisations_of(actor_of(request).user_id, TeamAction.INTERVIEW),
        "section": "sessions",
        **_plan_context(request, details),
        **bank_context(request, bank, problem or bank[0]),
        "flows": registry.flows(),
    }
    if problem is None:
        context |= {"problem": None, "flow": flow}
    has_failed = request.method == "POST" and not is_replan
    return render(request, "pages/new.html", context, status=400 if has_failed else 200)


def _details(request: HttpRequest, flow: Flow, problem: Problem | None) -> InterviewForm:
    data = request.POST.copy() if request.method == "POST" else None
    if data is not None and data.get("length") in LENGTHS:
        for name in [name for name in data if name.startswith("minutes_")]:
            del data[name]
    return InterviewForm(data, flow, problem)


def _plan_context(request: HttpRequest, details: InterviewForm) -> dict[str, object]:
    asked = _asked(request, "length")
    length = asked if asked in LENGTHS else USUAL_LENGTH
    rows = details.rows(length)
    minutes = [(name, sum(plan.values())) for name, plan in details.plans.items()]
    total = sum(row.minutes for row in rows)
    is_usual = any({row.id: row.minutes for row in rows} == plan for plan in details.plans.values())
    return {
        "rows": rows,
        "total": total,
        "lengths": [(name, total == of and is_usual) for name, of in minutes],
        "is_own_plan": not is_usual,
        "usual_notice": USUAL_NOTICE,
    }


def _create(
    request: HttpRequest, form: NewSessionForm, details: InterviewForm
) -> HttpResponse | None:
    """None where something typed is wrong: the forms say what."""
    is_interview = _kind_of(request) == DesignSession.Kind.INTERVIEW
    # Both are asked, so that every fault is told at once.
    if not all([form.is_valid(), details.is_valid() or not is_interview]):
        return None
    actor = as_guest(actor_of(request), GUEST_NAME)
    if not is_interview:
        return _remembered(actor, redirect("workspace", _practice(actor, form).id))
    values = form.cleaned_data
    try:
        setup = details.setup(values["problem"] or None, values["title"] or None)
        interview = create_interview(actor, setup)
    except Invalid as wrong:
        details.add_faults(wrong.faults)
        return None
    return _remembered(actor, _to_lobby(actor, interview.design))


def _practice(actor: Actor, form: NewSessionForm) -> DesignSession:
    values = form.cleaned_data
    return create_design(
        actor,
        values["kind"],
        values["problem"] or None,
        values["title"] or None,
        values["flow"] or None,
    )


def _to_lobby(actor: Actor, design: DesignSession) -> HttpResponse:
    response = redirect("lobby", design.id)
    access = check(access_for(actor, design), Action.MANAGE_LINKS)
    write_tokens(response, design.id, create_first_links(access, design))
    return response


def _remembered(actor: Actor, response: HttpResponse) -> HttpResponse:
    if actor.guest_id:
        write_guest_id(response, actor.guest_id)
    return response


def _chosen(request: HttpRequest, bank: list[Problem]) -> tuple[Flow, Problem | None]:
    if flow := _flow_alone(request):
        return flow, None
    problem = chosen_from(bank, _asked(request, "problem"))
    return registry.flow(problem.flow), problem


def _flow_alone(request: HttpRequest) -> Flow | None:
    """The flow asked for without a problem, if there is such a flow."""
    if _asked(request, "problem"):
        return None
    return next((flow for flow in registry.flows() if flow.id == _asked(request, "flow")), None)


def _asked(request: HttpRequest, name: str) -> str:
    asked = request.POST if request.method == "POST" else request.GET
    return asked.get(name, "")


def _kind_of(request: HttpRequest) -> str:
    wanted = request.POST.get("kind") or request.GET.get("kind")
    kinds = DesignSession.Kind
    return kinds.PRACTICE.value if wanted == kinds.PRACTICE else kinds.INTERVIEW.value
