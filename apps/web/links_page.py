"""The links of a session as pages list them, with the addresses that their maker may still see."""

from django.http import HttpRequest

from apps.core.permissions import Role
from apps.designs.domain.queries.links import live_links
from apps.designs.models import DesignSession, ShareLink
from apps.web.forms import LINK_ROLES
from apps.web.fresh_links import address_of

WHAT_A_LINK_GIVES = {
    Role.CANDIDATE: ("For the candidate", "Can edit the board and notes"),
    Role.INTERVIEWER: ("For interviewers", "Also private notes and score"),
    Role.OBSERVER: ("To read only", "Can look, not change"),
}


def link_rows(request: HttpRequest, design: DesignSession) -> list[dict[str, object]]:
    return [_row(request, link) for link in live_links(design)]


def roles_to_link(design: DesignSession) -> list[tuple[str, str]]:
    """Nobody new can take part in what has ended; to look at it stays possible."""
    if design.ended_at is None:
        return LINK_ROLES
    return [(role, name) for role, name in LINK_ROLES if role == Role.OBSERVER]


def _row(request: HttpRequest, link: ShareLink) -> dict[str, object]:
    name, gives = WHAT_A_LINK_GIVES[Role(link.role)]
    return {"link": link, "name": name, "gives": gives, "address": address_of(request, link)}
