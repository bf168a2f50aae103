"""Valid things for tests with a database: a design, the people on it, their cookies."""

from dataclasses import dataclass
from uuid import UUID

from apps.accounts.actors import Actor
from apps.accounts.models import Guest, User
from apps.core.permissions import Role
from apps.designs.domain.creation import create_design
from apps.designs.models import DesignSession, Participant
from apps.rooms.documents import DocumentKey, DocumentName
from tests.rooms.sockets import AsgiSocket, guest_cookie


@dataclass(frozen=True)
class Desk:
    """A design and the guest who owns it."""

    design: DesignSession
    owner: Guest

    @property
    def id(self) -> UUID:
        return self.design.id

    @property
    def board(self) -> DocumentKey:
        return DocumentKey(self.design.id, DocumentName.BOARD)

    def socket(self, document: str, guest: Guest | None = None) -> AsgiSocket:
        path = f"/ws/designs/{self.design.id}/{document}"
        return AsgiSocket(path, guest_cookie((guest or self.owner).id))

    def add(self, role: Role, name: str = "Bob") -> Guest:
        guest = Guest.objects.create(name=name)
        Participant.objects.create(
            design=self.design, guest=guest, role=role.value, name=name, color=2
        )
        return guest

    def add_user(self, user: User) -> None:
        Participant.objects.create(
            design=self.design, user=user, role=Role.INTERVIEWER.value, name=user.name, color=3
        )


def new_desk() -> Desk:
    owner = Guest.objects.create(name="Ann")
    design = create_design(Actor(guest_id=owner.id, name=owner.name), "interview")
    return Desk(design, owner)
