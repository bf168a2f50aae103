"""Teams: mine, one, its members, invitations, pools and policies."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.accounts.models import User
from apps.core.errors import Conflict, Invalid
from apps.teams.domain import invitations, members, organisations, pools
from apps.teams.domain.queries.members import members_with_factors, memberships_of
from apps.teams.domain.second_factor import has_second_factor
from apps.teams.models import Membership
from apps.teams.rules import RULES, MemberRole, TeamAction
from apps.web.teams.access import for_members
from apps.web.teams.forms import InviteForm, PoliciesForm, PoolForm, RoleForm, TeamForm
from apps.web.teams.letters import send_invitation


@require_http_methods(["GET", "POST"])
@login_required
def teams(request: HttpRequest) -> HttpResponse:
    """Mine; a POST makes one."""
    user = _user(request)
    form = TeamForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        organisation = organisations.create_organisation(user, form.cleaned_data["name"])
        return redirect("team", organisation.id)
    context = {"form": form, "memberships": memberships_of(user), "section": "team"}
    return render(request, "teams/teams.html", context, status=400 if form.is_bound else 200)


@require_GET
@for_members(TeamAction.SEE)
def team(request: HttpRequest, me: Membership) -> HttpResponse:
    return _page(request, me)


@require_POST
@for_members(TeamAction.MANAGE)
def rename(request: HttpRequest, me: Membership) -> HttpResponse:
    form = TeamForm(request.POST)
    if not form.is_valid():
        return _page(request, me, name_form=form)
    organisations.rename(me, form.cleaned_data["name"])
    return redirect("team", me.organisation_id)


@require_POST
@for_members(TeamAction.MANAGE)
def invite(request: HttpRequest, me: Membership) -> HttpResponse:
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _page(request, me, invite_form=form)
    try:
        made, token = invitations.invite(me, form.cleaned_data["email"], form.member_role())
    except Conflict as error:
        form.add_error("email", str(error))
        return _page(request, me, invite_form=form)
    send_invitation(request, made, token)
    messages.success(request, f"A letter is on its way to {made.email}.")
    return redirect("team", me.organisation_id)


@require_POST
@for_members(TeamAction.MANAGE)
def revoke(_request: HttpRequest, me: Membership, invitation_id: UUID) -> HttpResponse:
    invitations.revoke(me, invitation_id)
    return redirect("team", me.organisation_id)


@require_POST
@for_members(TeamAction.MANAGE)
def set_role(request: HttpRequest, me: Membership, membership_id: UUID) -> HttpResponse:
    form = RoleForm(request.POST)
    if not form.is_valid():
        raise Invalid("Choose one of the roles.")
    members.change_role(me, membership_id, form.member_role())
    return redirect("team", me.organisation_id)


@require_POST
@for_members(TeamAction.MANAGE)
def remove(_request: HttpRequest, me: Membership, membership_id: UUID) -> HttpResponse:
    members.remove(me, membership_id)
    return redirect("team", me.organisation_id)


@require_POST
@for_members(TeamAction.SEE)
def leave(request: HttpRequest, me: Membership) -> HttpResponse:
    members.remove(me, me.id)
    messages.success(request, f"You have left {me.organisation.name}.")
    return redirect("teams")


@require_POST
@for_members(TeamAction.MANAGE)
def create_pool(request: HttpRequest, me: Membership) -> HttpResponse:
    form = PoolForm(request.POST)
    if not form.is_valid():
        return _page(request, me, pool_form=form)
    try:
        pools.create_pool(me, form.cleaned_data["name"])
    except Conflict as error:
        form.add_error("name", str(error))
        return _page(request, me, pool_form=form)
    return redirect("team", me.organisation_id)


@require_POST
@for_members(TeamAction.MANAGE)
def set_pool(request: HttpRequest, me: Membership, pool_id: UUID) -> HttpResponse:
    pools.set_members(me, pool_id, _ids(request.POST.getlist("members")))
    return redirect("team", me.organisation_id)


@require_POST
@for_members(TeamAction.MANAGE)
def delete_pool(_request: HttpRequest, me: Membership, pool_id: UUID) -> HttpResponse:
    pools.delete_pool(me, pool_id)
    return redirect("team", me.organisation_id)


@require_POST
@for_members(TeamAction.MANAGE)
def set_policies(request: HttpRequest, me: Membership) -> HttpResponse:
    form = PoliciesForm(request.POST)
    form.is_valid()  # two boxes, each ticked or not
    organisations.set_policies(me, form.policies())
    messages.success(request, "The policies are saved.")
    return redirect("team", me.organisation_id)


def _page(request: HttpRequest, me: Membership, **forms: BaseForm) -> HttpResponse:
    """The team. A form that was refused is shown again, with its faults."""
    people = members_with_factors(me.organisation)
    context = {
        "me": me,
        "team": me.organisation,
        "people": people,
        "interviewers": [one for one in people if one.role in RULES[TeamAction.INTERVIEW]],
        "pools": pools.pools_of(me.organisation),
        "roles": MemberRole.choices,
        "may_manage": me.role in RULES[TeamAction.MANAGE],
        "may_write": me.role in RULES[TeamAction.WRITE],
        "invitations": invitations.open_invitations(me.organisation),
        "has_factor": has_second_factor(me.user_id),
        "has_webhooks": settings.WEBHOOKS,
        "section": "team",
    }
    return render(request, "teams/team.html", context | forms, status=400 if forms else 200)


def _ids(values: list[str]) -> list[UUID]:
    try:
        return [UUID(value) for value in values]
    except ValueError as error:
        raise Invalid("That is no list of members.") from error


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # login_required
    return request.user
