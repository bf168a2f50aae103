"""What is done every half minute, in every web server: it may be done side by side."""

from apps.notifications.domain.attempts import enqueue_due
from apps.notifications.domain.reminders import remind


def tick() -> None:
    remind()
    enqueue_due()
