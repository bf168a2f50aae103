"""What designs do when somebody signs in."""

from typing import Any

from allauth.account.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from apps.accounts.cookies import read_guest_id
from apps.accounts.models import User
from apps.designs.domain.membership import claim


@receiver(user_logged_in)
def claim_boards_of_the_guest(request: HttpRequest, user: User, **_: Any) -> None:
    """Signing up signs in, so this covers both."""
    guest_id = read_guest_id(request.COOKIES)
    if guest_id is not None:
        claim(guest_id, user)
