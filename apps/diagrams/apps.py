from django.apps import AppConfig


class DiagramsConfig(AppConfig):
    name = "apps.diagrams"
    label = "diagrams"

    def ready(self) -> None:
        # Handlers touch models, which exist only now.
        from apps.core.jobs.registry import register
        from apps.diagrams.domain.exports import KIND, run_export

        register(KIND, run_export)
