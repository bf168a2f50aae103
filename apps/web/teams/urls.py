"""The addresses of team pages."""

from django.urls import URLPattern, path

from apps.web.teams import joining, views, webhooks

urlpatterns: list[URLPattern] = [
    path("teams", views.teams, name="teams"),
    path("teams/join", joining.join_team, name="join_team"),
    path("teams/join/<str:token>", joining.open_invitation, name="open_invitation"),
    path("teams/<uuid:team_id>", views.team, name="team"),
    path("teams/<uuid:team_id>/name", views.rename, name="rename_team"),
    path("teams/<uuid:team_id>/leave", views.leave, name="leave_team"),
    path("teams/<uuid:team_id>/policies", views.set_policies, name="team_policies"),
    path("teams/<uuid:team_id>/invitations", views.invite, name="invite_member"),
    path(
        "teams/<uuid:team_id>/invitations/<uuid:invitation_id>/revoke",
        views.revoke,
        name="revoke_invitation",
    ),
    path(
        "teams/<uuid:team_id>/members/<uuid:membership_id>/role", views.set_role, name="member_role"
    ),
    path(
        "teams/<uuid:team_id>/members/<uuid:membership_id>/remove",
        views.remove,
        name="remove_member",
    ),
    path("teams/<uuid:team_id>/pools", views.create_pool, name="create_pool"),
    path("teams/<uuid:team_id>/pools/<uuid:pool_id>", views.set_pool, name="set_pool"),
    path("teams/<uuid:team_id>/pools/<uuid:pool_id>/delete", views.delete_pool, name="delete_pool"),
    path("teams/<uuid:team_id>/webhooks", webhooks.team_webhooks, name="team_webhooks"),
    path(
        "teams/<uuid:team_id>/webhooks/<uuid:webhook_id>/secret",
        webhooks.rotate_webhook,
        name="rotate_webhook",
    ),
    path(
        "teams/<uuid:team_id>/webhooks/<uuid:webhook_id>/enabled",
        webhooks.enable_webhook,
        name="enable_webhook",
    ),
    path(
        "teams/<uuid:team_id>/webhooks/<uuid:webhook_id>/remove",
        webhooks.remove_webhook,
        name="remove_webhook",
    ),
    path(
        "teams/<uuid:team_id>/webhooks/<uuid:webhook_id>/test",
        webhooks.test_webhook,
        name="test_webhook",
    ),
]
