"""Organisations and their members, made by the product's own functions."""

from apps.accounts.models import User
from apps.designs.models import DesignSession
from apps.teams.domain.invitations import accept, invite
from apps.teams.domain.organisations import create_organisation
from apps.teams.models import Membership, Organisation
from apps.teams.rules import MemberRole
from tests.factories import make_design, make_user


def make_organisation(admin: User | None = None, name: str = "Meridian Labs") -> Organisation:
    return create_organisation(admin or make_user("Admin"), name)


def admin_of(organisation: Organisation) -> Membership:
    return (
        organisation.memberships.filter(role=MemberRole.ADMIN)
        .select_related("user")
        .earliest("joined_at")
    )


def make_member(
    organisation: Organisation,
    role: MemberRole = MemberRole.INTERVIEWER,
    user: User | None = None,
) -> Membership:
    user = user or make_user(role.label)
    _, token = invite(admin_of(organisation), user.email, role)
    return accept(token, user)


def give_to(organisation: Organisation, design: DesignSession | None = None) -> DesignSession:
    """The design (a new one unless told), which belongs to the organisation."""
    design = design or make_design()
    design.organisation = organisation
    design.save()
    return design
