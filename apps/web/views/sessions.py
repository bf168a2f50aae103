"""One session: its workspace, its replay, and the page where its links and people are kept."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from apps.accounts.actors import Actor
from apps.accounts.middleware import actor_of
from apps.core.permissions import Action, Role
from apps.designs.domain import links, membership
from apps.designs.domain.access import access_for, link_to_join_by, open_design
from apps.designs.domain.queries.links import live_links
from apps.designs.domain.queries.people import people_on
from apps.designs.models import DesignSession, ShareLink
from apps.designs.rules import can
from apps.interviews.domain.lifecycle import end_session
from apps.web.bootstrap import bootstrap_of
from apps.web.flows import flow_of, minutes_of
from apps.web.forms import LINK_ENDS, LINK_ROLES, LinkForm
from apps.web.fresh_links import address_of, read_tokens, write_tokens

WHAT_A_LINK_GIVES = {
    Role.CANDIDATE: ("For the candidate", "Can edit the board and notes"),
    Role.INTERVIEWER: ("For interviewers", "Also private notes and score"),
    Role.OBSERVER: ("To read only", "Can look, not change"),
}


@require_GET
def workspace(request: HttpRequest, design_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    if _must_join_first(actor, design_id):
        return redirect("join", design_id)
    design, access = open_design(actor, design_id, Action.VIEW)
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
    rows = [_link_row(request, link) for link in live_links(design)]
    flow = flow_of(design)
    context = {
        "design": design,
        "flow": flow,
        "minutes": minutes_of(flow),
        "links": rows,
        "people": people_on(design),
        "me": access.participant_id,
        "roles": _roles_to_link(design),
        "ends": LINK_ENDS,
        "may_end": can(access, Action.END_SESSION),
        "section": "sessions",
    }
    response = render(request, "pages/links.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
def create_link(request: HttpRequest, design_id: UUID) -> HttpResponse:
    design, access = open_design(actor_of(request), design_id, Action.MANAGE_LINKS)
    form, response = LinkForm(request.POST), redirect("links", design_id)
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
    return redirect("links", design_id)


@require_POST
def remove_person(request: HttpRequest, design_id: UUID, participant_id: UUID) -> HttpResponse:
    design, _ = open_design(actor_of(request), design_id, Action.MANAGE_LINKS)
    membership.remove(design, participant_id)
    return redirect("links", design_id)


@require_POST
def end(request: HttpRequest, design_id: UUID) -> HttpResponse:
    design, access = open_design(actor_of(request), design_id, Action.END_SESSION)
    end_session(design, access)
    return redirect("links", design_id)


def _roles_to_link(design: DesignSession) -> list[tuple[str, str]]:
    """Nobody new can take part in what has ended; to look at it stays possible."""
    if design.ended_at is None:
        return LINK_ROLES
    return [(role, name) for role, name in LINK_ROLES if role == Role.OBSERVER]


def _must_join_first(actor: Actor, design_id: UUID) -> bool:
    """Somebody who holds a link to take part, and has not typed a name yet."""
    link = link_to_join_by(actor, design_id)
    return link is not None and access_for(actor, link.design) is None


def _link_row(request: HttpRequest, link: ShareLink) -> dict[str, object]:
    name, gives = WHAT_A_LINK_GIVES[Role(link.role)]
    return {"link": link, "name": name, "gives": gives, "address": address_of(request, link)}
