"""The bank of problems, to read through, and the page that opens a session on one of them."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from apps.accounts.actors import Actor
from apps.accounts.cookies import write_guest_id
from apps.accounts.domain.guests import as_guest
from apps.accounts.middleware import actor_of
from apps.content import registry
from apps.content.domain import library
from apps.content.types import Problem
from apps.core.json import JsonObject
from apps.core.permissions import Action
from apps.designs.domain.access import access_for
from apps.designs.domain.creation import create_design
from apps.designs.models import DesignSession
from apps.designs.rules import check
from apps.web.forms import NewSessionForm
from apps.web.fresh_links import create_first_links, write_tokens
from apps.web.views.home import FIRST_PROBLEM, GUEST_NAME


@require_GET
def problems(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/problems.html", _bank(request) | {"section": "problems"})


def new(request: HttpRequest) -> HttpResponse:
    """Choose a problem and a kind; a POST creates the session."""
    form = NewSessionForm(request.POST or None, initial={"kind": request.GET.get("kind", "")})
    if request.method == "POST" and form.is_valid():
        return _create(request, form)
    context = _bank(request) | {"form": form, "kind": _kind_of(request), "section": "sessions"}
    return render(request, "pages/new.html", context, status=400 if form.is_bound else 200)


def _create(request: HttpRequest, form: NewSessionForm) -> HttpResponse:
    actor = as_guest(actor_of(request), GUEST_NAME)
    values = form.cleaned_data
    design = create_design(actor, values["kind"], values["problem"], values["title"] or None)
    response = _next_page(actor, design)
    if actor.guest_id:
        write_guest_id(response, actor.guest_id)
    return response


def _next_page(actor: Actor, design: DesignSession) -> HttpResponse:
    """An interview goes on to its links, practice to its board."""
    if design.kind == DesignSession.Kind.PRACTICE:
        return redirect("workspace", design.id)
    response = redirect("links", design.id)
    access = check(access_for(actor, design), Action.MANAGE_LINKS)
    write_tokens(response, design.id, create_first_links(access, design))
    return response


def _bank(request: HttpRequest) -> dict[str, object]:
    """The problems by family and the chosen one.

    What an interviewer knows and a candidate has to ask for is shown to people with an account.
    """
    bank = library.problems()
    chosen = _chosen(bank, request.POST.get("problem") or request.GET.get("problem", ""))
    families = [(name, list(group)) for name, group in groupby(bank, key=lambda p: p.family)]
    return {
        "families": families,
        "count": len(bank),
        "problem": chosen,
        "parts": _parts_of(chosen),
        "shows_brief": actor_of(request).user_id is not None,
        "flow": registry.flow(chosen.flow),
    }


def _chosen(bank: list[Problem], problem_id: str) -> Problem:
    """The one asked for, else the one to begin with, else any."""
    by_id = {problem.id: problem for problem in bank}
    return by_id.get(problem_id) or by_id.get(FIRST_PROBLEM) or bank[0]


def _parts_of(problem: Problem) -> list[JsonObject]:
    catalogue = registry.catalogue()
    found = [(catalogue.component(part.type), part.role) for part in problem.key_components]
    return [
        {"name": component.name, "icon": component.icon, "hue": component.hue, "role": role}
        for component, role in found
        if component
    ]


def _kind_of(request: HttpRequest) -> str:
    wanted = request.POST.get("kind") or request.GET.get("kind")
    kinds = DesignSession.Kind
    return kinds.PRACTICE.value if wanted == kinds.PRACTICE else kinds.INTERVIEW.value
