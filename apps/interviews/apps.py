from django.apps import AppConfig


class InterviewsConfig(AppConfig):
    name = "apps.interviews"
    label = "interviews"

    def ready(self) -> None:
        from apps.core.jobs import daily
        from apps.core.jobs.registry import register
        from apps.interviews import auditing, receivers  # noqa: F401 - connects the receivers
        from apps.interviews.domain.privacy import erasure, retention

        register(erasure.KIND, erasure.erase)
        register(retention.KIND, retention.apply_rules)
        daily.every_day(retention.KIND)
