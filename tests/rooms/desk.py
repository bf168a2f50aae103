"""Valid things for tests with a database: a design, the people on it, their cookies."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from uuid import UUID

from apps.accounts.actors import Actor
from apps.accounts.models import Guest, User
from apps.core.permissions import Role
from apps.designs.domain.creation import create_design
from apps.designs.models import DesignSession, Participant
from apps.rooms.documents import DocumentKey, DocumentName
from tests.rooms.sockets import AsgiSocket, BrowserSocket, NetworkSocket, guest_cookie


@dataclass(frozen=True)
class Desk:
    """A design and the guest who owns it. socket_to: by which way sockets go to the server."""

    design: DesignSession
    owner: Guest
    socket_to: Callable[[str, str], BrowserSocket] = AsgiSocket

    @property
    def id(self) -> UUID:
        return self.design.id

    @property
    def board(self) -> DocumentKey:
        return DocumentKey(self.design.id, DocumentName.BOARD)

    def served_on(self, port: int) -> "Desk":
        """The same, with sockets over a network."""
        return replace(self, socket_to=partial(NetworkSocket, port))

    def socket(self, document: str, guest: Guest | None = None) -> BrowserSocket:
        return self.socket_by_cookie(document, guest_cookie((guest or self.owner).id))

    def socket_by_cookie(self, document: str, cookie: str) -> BrowserSocket:
        return self.socket_to(f"/ws/designs/{self.design.id}/{document}", cookie)

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
