"""Where does one go on with an interview from a list?"""

from django.urls import reverse

from apps.interviews.domain.queries.mine import Shelf
from apps.interviews.domain.queries.seats import SeatedInterview


def open_address(interview: SeatedInterview, shelf: Shelf) -> tuple[str, str]:
    """What to do next, and the address to do it at."""
    if shelf is Shelf.UPCOMING:
        if interview.started_at:
            return "Join", reverse("workspace", args=[interview.pk])
        return "Prepare", page_of("lobby", interview)
    if shelf is Shelf.TO_SCORE:
        return "Score", reverse("workspace", args=[interview.pk])
    return ("Debrief" if shelf is Shelf.DEBRIEF else "Read"), page_of("debrief", interview)


def shelf_of(interview: SeatedInterview) -> Shelf:
    if interview.ended_at is None:
        return Shelf.UPCOMING
    if hasattr(interview, "decision"):
        return Shelf.DONE
    return Shelf.DEBRIEF if interview.is_own_card_in else Shelf.TO_SCORE


def page_of(name: str, interview: SeatedInterview) -> str:
    return reverse(name, args=[interview.pk])
