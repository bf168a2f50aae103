from django.apps import AppConfig


class RoomsConfig(AppConfig):
    name = "apps.rooms"
    label = "rooms"

    def ready(self) -> None:
        # Models can be imported only now.
        from apps.core.jobs.registry import register
        from apps.rooms import receivers  # noqa: F401 - connects itself to the signals
        from apps.rooms.domain.projecting import KIND, run_projection

        register(KIND, run_projection)
