"""One session: its workspace, its replay, and the page where its links and people are kept."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET, require_POST

from apps.accounts.actors import Actor
from apps.accounts.middleware import actor_of
from apps.core.permissions import Action, Role
from apps.designs.domain import links, membership
from apps.designs.domain.access import access_for, link_to_join_by, open_design
from apps.designs.domain.queries.people import people_on
from apps.designs.rules import can, check
from apps.interviews.domain.finding import find_interview
from apps.interviews.domain.lifecycle import end_session
from apps.web.bootstrap import bootstrap_of
from apps.web.flows import flow_of, minutes_of
from apps.web.forms import LINK_ENDS, LinkForm
from apps.web.fresh_links import read_tokens, write_tokens
from apps.web.links_page import link_rows, roles_to_link


@require_GET
@ensure_csrf_cookie  # for who comes by a link and copies the board
def workspace(request: HttpRequest, design_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    if _must_join_first(actor, design_id):
        return redirect("join", design_id)
    design, access = open_design(actor, design_id, Action.VIEW_BRIEF)
    if access.is_waiting:
        return redirect("lobby", design_id)
    check(access, Action.VIEW)
    nonce: str = request.csp_nonce  # type: ignore[attr-defined]
    context = {"design": design, "bootstrap": bootstrap_of(design, access, actor, nonce)}
    return render(request, "pages/workspace.html", context)


@require_GET
def replay(request: HttpRequest, design_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    if _must_join_first(actor, design_id):
        return redirect("join", design_id)
    design, access = open_design(actor, design_id, Action.REPLAY)
    nonce: str = request.csp_nonce  # type: ignore[attr-defined]
    context = {"design": design, "bootstrap": bootstrap_of(design, access, actor, nonce)}
    return render(request, "pages/replay.html", context)


@require_GET
def links_page(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """Addresses are shown this once: afterwards only their hashes exist."""
    design, access = open_design(actor_of(request), design_id, Action.MANAGE_LINKS)
    flow = flow_of(design)
    context = {
        "design": design,
        "flow": flow,
        "minutes": minutes_of(flow),
        "links": link_rows(request, design),
        "people": people_on(design),
        "me": access.participant_id,
        "roles": roles_to_link(design),
        "ends": LINK_ENDS,
        "may_end": can(access, Action.END_SESSION),
        "may_erase": can(access, Action.ERASE) and find_interview(design_id) is not None,
        "section": "sessions",
    }
    response = render(request, "pages/links.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
def create_link(request: HttpRequest, design_id: UUID) -> HttpResponse:
    design, access = open_design(actor_of(request), design_id, Action.MANAGE_LINKS)
    form, response = LinkForm(request.POST), _back(request, design_id)
    if form.is_valid():
        lifetime = form.lifetime()
        ends = timezone.now() + lifetime if lifetime else None
        link, token = links.create_link(access, design, Role(form.cleaned_data["role"]), ends)
        write_tokens(response, design_id, {**read_tokens(request), str(link.id): token})
    return response


@require_POST
def revoke_link(request: HttpRequest, design_id: UUID, link_id: UUID) -> HttpResponse:
    design, _ = open_design(actor_of(request), design_id, Action.MANAGE_LINKS)
    links.revoke_link(design, link_id)
    return _back(request, design_id)


@require_POST
def remove_person(request: HttpRequest, design_id: UUID, participant_id: UUID) -> HttpResponse:
    design, _ = open_design(actor_of(request), design_id, Action.MANAGE_LINKS)
    membership.remove(design, participant_id)
    return _back(request, design_id)


@require_POST
def end(request: HttpRequest, design_id: UUID) -> HttpResponse:
    design, access = open_design(actor_of(request), design_id, Action.END_SESSION)
    end_session(design, access)
    return redirect("links", design_id)


def _back(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """To the page of the two that shows links and people from which the request came."""
    return redirect("lobby" if request.POST.get("from") == "lobby" else "links", design_id)


def _must_join_first(actor: Actor, design_id: UUID) -> bool:
    """Somebody who holds a link to take part, and has not typed a name yet."""
    link = link_to_join_by(actor, design_id)
    return link is not None and access_for(actor, link.design) is None
