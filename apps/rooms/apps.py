from django.apps import AppConfig
from django.conf import settings

from apps.rooms.reader import Limits, use_limits


class RoomsConfig(AppConfig):
    name = "apps.rooms"
    label = "rooms"

    def ready(self) -> None:
        use_limits(Limits(memory_bytes=settings.READER_MEMORY_BYTES))
        # Models can be imported only now.
        from apps.core.jobs.registry import register
        from apps.rooms import receivers  # noqa: F401 - connects itself to the signals
        from apps.rooms.domain.projecting import KIND, run_projection

        register(KIND, run_projection)
