from django.apps import AppConfig


class ScoringConfig(AppConfig):
    name = "apps.scoring"
    label = "scoring"

    def ready(self) -> None:
        from apps.core.jobs.registry import register  # models are not loaded before this
        from apps.scoring.domain import runs

        register(runs.JOB_KIND, runs.handle, runs.on_failed)
