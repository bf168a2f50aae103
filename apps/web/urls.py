"""The addresses of pages."""

from django.urls import URLPattern, URLResolver, path

from apps.web.views import demo, health, home, importing, joining, problems, sessions, worked

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("start", home.start, name="start"),
    path("problems", problems.problems, name="problems"),
    path("new", problems.new, name="new"),
    path("import", importing.import_file, name="import"),
    path("j/<str:token>", joining.open_link, name="open_link"),
    path("join/<uuid:design_id>", joining.join_page, name="join"),
    path("designs/<uuid:design_id>/", sessions.workspace, name="workspace"),
    path("designs/<uuid:design_id>/replay", sessions.replay, name="replay"),
    path("designs/<uuid:design_id>/links", sessions.links_page, name="links"),
    path("designs/<uuid:design_id>/links/create", sessions.create_link, name="create_link"),
    path(
        "designs/<uuid:design_id>/links/<uuid:link_id>/revoke",
        sessions.revoke_link,
        name="revoke_link",
    ),
    path(
        "designs/<uuid:design_id>/people/<uuid:participant_id>/remove",
        sessions.remove_person,
        name="remove_person",
    ),
    path("designs/<uuid:design_id>/end", sessions.end, name="end"),
    path("worked/<str:theme>.svg", worked.diagram, name="worked_diagram"),
    path("demo/<str:token>", demo.sign_in, name="demo"),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("metrics", health.metrics),
]
