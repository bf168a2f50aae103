from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "apps.audit"
    label = "audit"

    def ready(self) -> None:
        from apps.audit.domain import verification
        from apps.core.jobs import daily
        from apps.core.jobs.registry import register

        register(verification.KIND, verification.verify_all)
        daily.every_day(verification.KIND)
