"""Who writes problems here? Staff for everybody, members of an organisation for its own."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from apps.accounts.models import User
from apps.content.domain import authoring
from apps.content.models import ProblemEdition
from apps.core.errors import NotFound
from apps.teams.domain.queries.members import organisations_of
from apps.teams.domain.second_factor import asking_organisation
from apps.teams.models import Organisation
from apps.teams.rules import TeamAction

P = ParamSpec("P")


@dataclass(frozen=True)
class Writer:
    """organisations: those whose problems this person may write."""

    user: User
    organisations: tuple[Organisation, ...]

    @property
    def is_staff(self) -> bool:
        return self.user.is_staff

    @property
    def owners(self) -> list[Organisation | None]:
        """None stands for everybody."""
        return [*([None] if self.is_staff else []), *self.organisations]

    def owner(self, organisation_id: UUID | None) -> Organisation | None:
        """Raises NotFound for one that this person does not write for."""
        for owner in self.owners:
            if (owner.id if owner else None) == organisation_id:
                return owner
        raise NotFound("There is no such team.")

    def edition(self, edition_id: UUID) -> ProblemEdition:
        """Raises NotFound alike for one that is not there and for one that is not theirs."""
        edition = authoring.edition(edition_id)
        self.owner(edition.organisation_id)
        return edition


def writers_only(
    view: Callable[Concatenate[HttpRequest, Writer, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Hands the view who writes. Raises NotFound for others: to them there is no such page."""

    @wraps(view)
    def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        writer = _writer(request)
        if writer is None or not writer.owners:
            raise NotFound("There is no such page.")
        return view(request, writer, *args, **kwargs)

    return checked


def _writer(request: HttpRequest) -> Writer | None:
    user = request.user
    if not isinstance(user, User):
        return None
    theirs = organisations_of(user.id, TeamAction.WRITE)
    if asking_organisation(user.id):  # the others stay open to who lacks the second factor
        theirs = theirs.filter(requires_two_factor=False)
    return Writer(user, tuple(theirs))
