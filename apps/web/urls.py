"""The addresses of pages."""

from django.urls import URLPattern, URLResolver, path

from apps.web.views import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("metrics", health.metrics),
]
