"""The page that opens a session: on a problem of the bank, or in a flow without one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from apps.accounts.actors import Actor
from apps.accounts.cookies import write_guest_id
from apps.accounts.domain.guests import as_guest
from apps.accounts.middleware import actor_of
from apps.content import registry
from apps.content.domain import library
from apps.content.types import Flow
from apps.core.permissions import Action
from apps.designs.domain.access import access_for
from apps.designs.domain.creation import create_design
from apps.designs.models import DesignSession
from apps.designs.rules import check
from apps.web.bank import bank_context, chosen_from
from apps.web.forms import NewSessionForm
from apps.web.fresh_links import create_first_links, write_tokens
from apps.web.views.home import GUEST_NAME


def new(request: HttpRequest) -> HttpResponse:
    """Choose a problem or a flow, and a kind; a POST creates the session."""
    form = NewSessionForm(request.POST or None, initial={"kind": request.GET.get("kind", "")})
    if request.method == "POST" and form.is_valid():
        return _create(request, form)
    bank = library.problems()
    chosen = chosen_from(bank, request.POST.get("problem") or request.GET.get("problem", ""))
    context = {"form": form, "kind": _kind_of(request), "section": "sessions"}
    context |= bank_context(request, bank, chosen) | {"flows": registry.flows()}
    if flow := _flow_alone(request):
        context |= {"problem": None, "flow": flow}
    return render(request, "pages/new.html", context, status=400 if form.is_bound else 200)


def _create(request: HttpRequest, form: NewSessionForm) -> HttpResponse:
    actor = as_guest(actor_of(request), GUEST_NAME)
    values = form.cleaned_data
    design = create_design(
        actor,
        values["kind"],
        values["problem"] or None,
        values["title"] or None,
        values["flow"] or None,
    )
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


def _flow_alone(request: HttpRequest) -> Flow | None:
    """The flow asked for without a problem, if there is such a flow."""
    asked = request.POST if request.method == "POST" else request.GET
    if asked.get("problem"):
        return None
    return next((flow for flow in registry.flows() if flow.id == asked.get("flow")), None)


def _kind_of(request: HttpRequest) -> str:
    wanted = request.POST.get("kind") or request.GET.get("kind")
    kinds = DesignSession.Kind
    return kinds.PRACTICE.value if wanted == kinds.PRACTICE else kinds.INTERVIEW.value
