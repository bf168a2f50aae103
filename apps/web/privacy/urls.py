"""The addresses of pages about data."""

from django.urls import URLPattern, path

from apps.web.privacy import candidates, controllers, teams

urlpatterns: list[URLPattern] = [
    path("designs/<uuid:design_id>/privacy", controllers.privacy, name="privacy"),
    path("designs/<uuid:design_id>/privacy/export", controllers.export, name="privacy_export"),
    path("designs/<uuid:design_id>/privacy/erase", controllers.erase, name="privacy_erase"),
    path("designs/<uuid:design_id>/my-data", candidates.my_data, name="my_data"),
    path("designs/<uuid:design_id>/my-data/withdraw", candidates.withdraw, name="withdraw"),
    path("designs/<uuid:design_id>/my-data/groups", candidates.groups_page, name="groups"),
    path("teams/<uuid:team_id>/audit", teams.audit, name="team_audit"),
    path("teams/<uuid:team_id>/retention", teams.retention, name="team_retention"),
    path("teams/<uuid:team_id>/score-rates", teams.score_rates_page, name="score_rates"),
    path("teams/<uuid:team_id>/score-rates.csv", teams.score_rates_csv, name="score_rates_csv"),
]
