"""From a share link's address to a place on the session."""

from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from apps.accounts.actors import Actor
from apps.accounts.cookies import add_grant, write_guest_id
from apps.accounts.domain.guests import as_guest
from apps.accounts.middleware import actor_of
from apps.core.permissions import Role
from apps.designs.domain.access import access_for, link_to_join_by
from apps.designs.domain.links import DeadLink, exchange
from apps.designs.domain.membership import join
from apps.designs.models import ShareLink
from apps.interviews.domain.finding import find_interview
from apps.interviews.domain.privacy.notices import give_consent, notice_of
from apps.interviews.models import Interview
from apps.web import limiter
from apps.web.flows import flow_of, minutes_of
from apps.web.forms import ConsentingJoinForm, JoinForm


@require_GET
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Exchanges the secret for a cookie and leaves its address at once.

    Who guesses tokens gets the page of an unknown one, whatever they try.
    """
    link = _exchange(request, token)
    add_grant(request.session, link.design_id, link.id)
    is_read_only = link.role == Role.OBSERVER
    response = redirect("workspace" if is_read_only else "join", link.design_id)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def join_page(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """Type a name, and be on the board."""
    actor = actor_of(request)
    link = link_to_join_by(actor, design_id)
    if link is None:
        raise DeadLink
    if access_for(actor, link.design) is not None:
        return redirect("workspace", design_id)
    if link.design.ended_at is not None:
        return render(request, "errors/ended.html", status=409)
    interview = find_interview(design_id) if link.role == Role.CANDIDATE else None
    form = (ConsentingJoinForm if interview else JoinForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _join(actor, link, form.cleaned_data["name"], interview)
    context = {
        "design": link.design,
        "link": link,
        "form": form,
        "notice": notice_of(interview) if interview else "",
        "name": actor.name,
        "minutes": minutes_of(flow_of(link.design)),
    }
    return render(request, "pages/join.html", context, status=400 if form.is_bound else 200)


def _exchange(request: HttpRequest, token: str) -> ShareLink:
    if limiter.is_guessing(request):
        raise DeadLink
    try:
        return exchange(token)
    except DeadLink:
        limiter.note_failure(request)
        raise


def _join(actor: Actor, link: ShareLink, name: str, interview: Interview | None) -> HttpResponse:
    with transaction.atomic():  # who is refused leaves no guest behind
        guest = as_guest(actor, name)
        participant = join(guest, link, name)
        if interview is not None:
            give_consent(interview, participant)
    response = redirect("workspace", link.design_id)
    if guest.guest_id:
        write_guest_id(response, guest.guest_id)
    return response
