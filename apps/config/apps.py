"""Makes the Celery application the current one wherever Django is set up."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "apps.config"
    label = "config"

    def ready(self) -> None:
        # Only now: it reads the settings, and its tasks import models.
        from apps.config import celery  # noqa: F401
