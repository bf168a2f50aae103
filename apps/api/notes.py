"""What a person should know about an answer, in a header beside it."""

from django.http.response import HttpResponseBase

HEADER = "X-Ninestep-Note"


def note(response: HttpResponseBase, *sentences: str | None) -> None:
    """Puts the sentences that say something into the header."""
    if said := " ".join(filter(None, sentences)):
        response.headers[HEADER] = said
