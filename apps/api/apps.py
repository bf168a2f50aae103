from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "apps.api"
    label = "api"

    def ready(self) -> None:
        # openapi registers the authentication scheme, receivers connect themselves to the signals.
        from apps.api import openapi, receivers, work  # noqa: F401
        from apps.core.jobs.registry import register
        from apps.scoring.domain.coverage import KIND

        register(work.FINAL_KIND, work.score_at_the_end)
        register(KIND, work.cover_now)
