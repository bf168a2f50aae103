from django.apps import AppConfig


class ScoringConfig(AppConfig):
    name = "apps.scoring"
    label = "scoring"

    def ready(self) -> None:
        from apps.core.jobs.registry import register  # models are not loaded before this
        from apps.scoring.domain import runs, working

        for kind, handler in working.HANDLERS.items():
            register(kind, handler, runs.on_failed)
