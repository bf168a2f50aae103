"""All addresses: REST under /api/v1/, accounts by allauth, everything else pages."""

from django.urls import URLPattern, URLResolver, include, path

from apps.web.views import signing_in

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/oidc/<str:provider_id>/login/", signing_in.leave_for_provider),
    path("accounts/", include("allauth.urls")),
    path("api/v1/", include("apps.api.urls")),
    path("", include("apps.web.urls")),
]

handler404 = "apps.web.views.errors.not_found"
handler500 = "apps.web.views.errors.server_error"
handler403 = "apps.web.views.errors.forbidden"
handler400 = "apps.web.views.errors.bad_request"
