"""Pages for staff only. To everybody else they are not there."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse

from apps.accounts.models import User
from apps.core.errors import NotFound

P = ParamSpec("P")


def staff_only(
    view: Callable[Concatenate[HttpRequest, User, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Hands the view the member of staff who asks. Raises NotFound for others."""

    @wraps(view)
    def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        user = request.user
        if not (isinstance(user, User) and user.is_staff):
            raise NotFound("There is no such page.")
        return view(request, user, *args, **kwargs)

    return checked
