from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "apps.notifications"
    label = "notifications"

    def ready(self) -> None:
        # Handlers and receivers touch models, which exist only now.
        from apps.core.jobs.registry import register
        from apps.notifications import receivers  # noqa: F401  # they register themselves
        from apps.notifications.domain import attempts, deliveries, letters, planning

        register(attempts.LETTER_JOB, letters.send_letter)
        register(attempts.DELIVERY_JOB, deliveries.deliver)
        register(planning.PLAN_JOB, planning.run_plan)
