"""From the link in an invitation's letter to a place in the team."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from apps.accounts.models import User
from apps.teams.domain.invitations import DeadInvitation, accept, find, is_for
from apps.web import limiter

INVITATION_KEY = "team_invitation"


@require_GET
def open_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Keeps the secret with the session and leaves its address at once."""
    if limiter.is_guessing(request):
        raise DeadInvitation
    try:
        find(token)
    except DeadInvitation:
        limiter.note_failure(request)
        raise
    request.session[INVITATION_KEY] = token
    return redirect("join_team")


@require_http_methods(["GET", "POST"])
@login_required
def join_team(request: HttpRequest) -> HttpResponse:
    """Who invites, and to what; a POST accepts. Whose address it is not is told so."""
    token = request.session.get(INVITATION_KEY, "")
    invitation = find(token)
    user = request.user
    assert isinstance(user, User)  # login_required
    fits = is_for(invitation, user)
    if request.method == "POST" and fits:
        membership = accept(token, user)
        del request.session[INVITATION_KEY]
        return redirect("team", membership.organisation_id)
    context = {"invitation": invitation, "fits": fits, "section": "team"}
    return render(request, "teams/join.html", context)
