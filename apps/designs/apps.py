from django.apps import AppConfig


class DesignsConfig(AppConfig):
    name = "apps.designs"
    label = "designs"

    def ready(self) -> None:
        from apps.designs import receivers  # noqa: F401 - connects the receivers
