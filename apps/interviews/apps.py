from django.apps import AppConfig


class InterviewsConfig(AppConfig):
    name = "apps.interviews"
    label = "interviews"

    def ready(self) -> None:
        from apps.interviews import receivers  # noqa: F401 - connects the receivers
